import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type ParseContext, parseSettings, type Settings, settingsFromStackFile } from "../../infra/settings";
import { UserError } from "./errors";

/** Which stack file a command reads. */
export interface StackChoice {
  /** Name of the stack; its file is `Pulumi.<name>.yaml`. */
  readonly stack?: string | undefined;
  /** Path of a stack file. */
  readonly settings?: string | undefined;
  /** Folder with the stack files; default: the current one. */
  readonly cwd?: string | undefined;
}

/**
 * Reads and parses a stack file. Files it names are found beside it.
 * @throws UserError when no stack is chosen or its file can't be read, SettingsError when the settings are bad.
 */
export function readStackSettings(
  choice: StackChoice,
  options: Pick<ParseContext, "unacknowledged"> = {},
): Settings {
  const path = stackFile(choice);
  const source = basename(path);
  const stack = choice.stack ?? /^Pulumi\.(.+)\.ya?ml$/.exec(source)?.[1] ?? source;
  return parseSettings(settingsFromStackFile(readText(path), source), {
    ...options,
    stack,
    source,
    now: new Date(),
    fileReader: (file) => readFileSync(resolve(dirname(path), file)),
  });
}

function stackFile({ stack, settings, cwd = "." }: StackChoice): string {
  if (stack !== undefined && settings !== undefined) {
    throw new UserError("Give --stack or --settings, not both.");
  }
  if (settings !== undefined) return resolve(cwd, settings);
  if (stack !== undefined) return resolve(cwd, `Pulumi.${stack}.yaml`);
  throw new UserError("No stack is named.", { next: "Give --stack <name> or --settings <stack file>." });
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`The stack file ${path} can't be read.`, {
      next: "Check the name of the stack, or give the path with --settings.",
      cause,
    });
  }
}
