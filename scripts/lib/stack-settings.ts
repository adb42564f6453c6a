import { readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type ParseContext, parseSettings, type Settings, settingsFromStackFile } from "../../infra/settings";
import { UserError } from "./errors";
import { findStack, readStackFile } from "./stack/project";

/** Which stack file a command reads. */
export interface StackChoice {
  /** Name of the stack; its file is `Pulumi.<name>.yaml`. */
  readonly stack?: string | undefined;
  /** Path of a stack file. */
  readonly settings?: string | undefined;
  /** Folder with Pulumi.yaml, default this project; `settings` is found from there, default the current folder. */
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
  const { text, parse } = openStackFile(choice, options);
  return parse(text);
}

/** A stack file as it is, and how such a text is read. */
export interface OpenStackFile {
  readonly path: string;
  /** Its name, as errors call it. */
  readonly file: string;
  readonly text: string;
  /** The settings that a text says, all of them as of the same moment. */
  readonly parse: (text: string) => Settings;
}

/**
 * Reads a stack file without parsing it.
 * @throws UserError when no stack is chosen or its file can't be read
 */
export function openStackFile(
  choice: StackChoice,
  options: Pick<ParseContext, "unacknowledged"> = {},
): OpenStackFile {
  const path = stackFile(choice);
  const file = basename(path);
  const stack = choice.stack ?? /^Pulumi\.(.+)\.ya?ml$/.exec(file)?.[1] ?? file;
  const context = {
    ...options,
    stack,
    source: file,
    now: new Date(),
    fileReader: (name: string) => readFileSync(resolve(dirname(path), name)),
  };
  const parse = (text: string) => parseSettings(settingsFromStackFile(text, file), context);
  return { path, file, text: readStackFile(path), parse };
}

function stackFile({ stack, settings, cwd }: StackChoice): string {
  if (stack !== undefined && settings !== undefined) {
    throw new UserError("Give --stack or --settings, not both.");
  }
  if (settings !== undefined) return resolve(cwd ?? ".", settings);
  if (stack !== undefined) {
    const { directory, name } = findStack(stack, cwd);
    return join(directory, `Pulumi.${name}.yaml`);
  }
  throw new UserError("No stack is named.", { next: "Give --stack <name> or --settings <stack file>." });
}
