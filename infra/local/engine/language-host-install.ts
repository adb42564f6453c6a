/** An engine built from its modules comes without a Node.js language host: ours is put beside it. */
import { createHash } from "node:crypto";
import { copyFile, link, mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { projectRoot } from "../paths";
import { bundleExecutable, bundleFile } from "./bundle";
import type { Engine } from "./engine";
import { engineVersions } from "./version";

/**
 * The built engine in a folder with the language host of this checkout. The folder belongs to the checkout, so that two
 * of them do not change each other's host; the executable is a hard link (the engine warns of a symbolic one).
 */
export async function withLanguageHost(built: string): Promise<Engine> {
  const checkout = createHash("sha256").update(projectRoot()).digest("hex").slice(0, 12);
  const directory = join(dirname(built), `checkout-${checkout}`);
  const binary = join(directory, "pulumi");
  await mkdir(directory, { recursive: true });
  await linkOrCopy(built, binary);
  const sources = join(projectRoot(), "infra", "local", "engine");
  const host = {
    entry: join(sources, "language-host", "main.ts"),
    directory,
    name: "pulumi-language-nodejs",
  };
  await bundleExecutable(host);
  await bundleFile({ entry: join(sources, "error-colours", "main.ts"), directory, name: "error-colours" });
  return { version: engineVersions.go, binary, directory, source: "go" };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  const [wanted, present] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
  if (present?.ino === wanted.ino) return;
  const unfinished = `${to}.${process.pid}`;
  await link(from, unfinished).catch(() => copyFile(from, unfinished));
  await rename(unfinished, to);
}
