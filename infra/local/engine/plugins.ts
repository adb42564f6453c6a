/** Provider plugins of the local cloud, installed where the engine looks for plugins. */
import { join } from "node:path";
import azureNative from "@pulumi/azure-native/package.json";
import azuread from "@pulumi/azuread/package.json";
import { projectRoot, pulumiHome } from "../paths";
import { bundleExecutable } from "./bundle";
import type { OnProgress } from "./engine";

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

/**
 * Installs the local plugins of this project: stand-ins for azuread and azure-native, where the official ones can't be
 * had. The version is the one that the program's SDK asks for.
 */
export async function installLocalPlugins(onProgress: OnProgress = () => {}): Promise<void> {
  for (const plugin of localPlugins()) {
    onProgress(`plugin ${plugin.name} ${plugin.version}`);
    await installPlugin(plugin);
  }
}

function localPlugins(): LocalPlugin[] {
  const providers = join(projectRoot(), "infra", "local", "providers");
  return [
    { name: "azuread", version: azuread.version, entry: join(providers, "azuread", "main.ts") },
    { name: "azure-native", version: azureNative.version, entry: join(providers, "azure-native", "main.ts") },
  ];
}
