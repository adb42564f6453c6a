/** The project's policy pack, as commands run it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { localDirectory } from "../../infra/local/paths";
import { type PackConfig, PackConfigError, parsePackConfig } from "../../policies/config";
import { UserError } from "./errors";
import { count } from "./output";

/** The folder of the pack that belongs to a project, when it has one. */
function projectPolicyPack(directory: string): string | undefined {
  const pack = join(directory, "policies");
  return existsSync(join(pack, "PulumiPolicy.yaml")) ? pack : undefined;
}

/** Policy packs of a run, each with its configuration where one was given. */
export interface PolicyPacks {
  /** Folders. */
  readonly folders: readonly string[];
  /** Files, one a folder; empty where no pack is configured. */
  readonly configs: readonly string[];
}

/**
 * The packs of a run: those asked for, else the project's own.
 * @throws UserError when the configurations don't fit the packs, or that of our own pack has a problem
 */
export function choosePolicyPacks(
  directory: string,
  folders: readonly string[] | undefined,
  configs: readonly string[] = [],
): PolicyPacks {
  const own = projectPolicyPack(directory);
  const chosen = folders ?? (own === undefined ? [] : [own]);
  if (configs.length > 0 && configs.length !== chosen.length) {
    throw new UserError(
      `--policy-pack-config names ${count(configs.length, "file")} for ${count(chosen.length, "policy pack")}.`,
      { next: "Give one file a pack, in the same order." },
    );
  }
  const missing = chosen.find((folder) => !existsSync(join(folder, "PulumiPolicy.yaml")));
  if (missing !== undefined) {
    throw new UserError(`${missing} is no policy pack: it has no PulumiPolicy.yaml.`, {
      next: "Name the pack's folder with --policy-pack.",
    });
  }
  chosen.forEach((folder, index) => {
    const file = configs[index];
    if (file !== undefined && own !== undefined && resolve(folder) === resolve(own)) readPackConfig(file);
  });
  return { folders: chosen, configs };
}

/**
 * The project's own pack as `npm start` runs it: settings may be tried out before they are locked, since nothing real is at
 * stake in the local tenant. Every other rule stays as it is.
 */
export function localPolicyPacks(directory: string): PolicyPacks {
  const own = projectPolicyPack(directory);
  if (own === undefined) return { folders: [], configs: [] };
  const file = join(localDirectory(), "policy-pack.json");
  const config: PackConfig = { "locked-permissions": "advisory" };
  mkdirSync(localDirectory(), { recursive: true });
  writeFileSync(file, JSON.stringify(config));
  return { folders: [own], configs: [file] };
}

/**
 * Reads and checks a configuration of our pack: the engine ignores rules that it does not know.
 * @throws UserError naming every problem
 */
export function readPackConfig(file: string): PackConfig {
  const path = resolve(file);
  if (!existsSync(path))
    throw new UserError(`${file} is missing.`, { next: "Name the file with the pack's configuration." });
  const raw = fromJson(readFileSync(path, "utf8"), file);
  try {
    return parsePackConfig(raw);
  } catch (error) {
    if (!(error instanceof PackConfigError)) throw error;
    const { problems } = error;
    throw new UserError(`${file} has ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`, {
      next: [...problems, "Rules and their settings: npm run -s cli -- policies list"].join("\n"),
      cause: error,
    });
  }
}

function fromJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new UserError(`${file} is not JSON: ${detail}`, {
      next: "The engine reads it as JSON; mend it.",
      cause: error,
    });
  }
}
