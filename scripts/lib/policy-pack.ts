/** The project's policy pack, as commands run it. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PackConfig, PackConfigError, parsePackConfig } from "../../policies/config";
import { UserError } from "./errors";

/** The folder of the pack that belongs to a project, when it has one. */
export function projectPolicyPack(directory: string): string | undefined {
  const pack = join(directory, "policies");
  return existsSync(join(pack, "PulumiPolicy.yaml")) ? pack : undefined;
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
