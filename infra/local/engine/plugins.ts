/** Provider plugins of the local cloud, installed where the engine looks for plugins. */
import { join } from "node:path";
import { pulumiHome } from "../paths";
import { bundleExecutable } from "./bundle";

/** A plugin whose source is in this project. */
export interface LocalPlugin {
  /** Name of the Pulumi package, for example `azuread`. */
  readonly name: string;
  /** Version that the program's SDK asks for: the version of its npm package. */
  readonly version: string;
  /** TypeScript file that serves the plugin; absolute. */
  readonly entry: string;
}

/** Installs the plugin, or brings it up to date with its sources; answers whether something was done. */
export async function installPlugin({ name, version, entry }: LocalPlugin): Promise<boolean> {
  const directory = join(pulumiHome(), "plugins", `resource-${name}-v${version}`);
  return bundleExecutable({ entry, directory, name: `pulumi-resource-${name}` });
}
