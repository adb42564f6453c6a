/** The project folder and the stack files in it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { distance } from "fastest-levenshtein";
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
import { projectRoot } from "../../../infra/local/paths";
import { yamlProblem } from "../../../infra/settings/sources";
import { UserError } from "../errors";

/** A stack of a project, by the names that Pulumi uses. */
export interface StackReference {
  /** Name of the stack, for example `dev`. */
  readonly name: string;
  /** The folder with Pulumi.yaml, absolute. */
  readonly directory: string;
}

const stackFile = z.object({ config: z.record(z.string(), z.unknown()).default({}) });

/**
 * The stack of that name in a project folder (default: this project).
 * @throws UserError when the folder or the stack's file is missing
 */
export function findStack(name: string, directory?: string): StackReference {
  const folder = directory === undefined ? projectRoot() : resolve(directory);
  if (!existsSync(join(folder, "Pulumi.yaml"))) {
    throw new UserError(`${folder} is no Pulumi project: it has no Pulumi.yaml.`, {
      next: "Name the folder that has one with --cwd.",
    });
  }
  if (!existsSync(join(folder, `Pulumi.${name}.yaml`))) {
    throw new UserError(`There is no stack "${name}": Pulumi.${name}.yaml is missing.`, {
      next: `${suggestStack(name, folder)}A new one: pulumi stack init ${name}, then write its settings.`,
    });
  }
  return { name, directory: folder };
}

/**
 * One value of the stack's file, below `config:`; undefined when it isn't there.
 * @throws UserError when the file is no stack file
 */
export function stackSetting(stack: StackReference, key: string): unknown {
  const text = readStackFile(join(stack.directory, `Pulumi.${stack.name}.yaml`));
  try {
    return stackFile.parse(parse(text) ?? {}).config[key];
  } catch (error) {
    const problem =
      error instanceof YAMLParseError
        ? `Line ${error.linePos?.[0].line ?? 1}: ${yamlProblem(error)}.`
        : "config: is no group of settings.";
    throw new UserError(`Pulumi.${stack.name}.yaml can't be read. ${problem}`, {
      next: "Correct the file; what may stand in it: npm run -s cli -- settings",
      cause: error,
    });
  }
}

/**
 * The text of a stack file.
 * @throws UserError when it can't be read, with the reason
 */
export function readStackFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`The stack file ${path} can't be read${reasonOf(cause)}.`, {
      next: "Check the name of the stack, and who may read the file.",
      cause,
    });
  }
}

function reasonOf(error: unknown): string {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: ": it is not there",
    EACCES: ": you may not read it",
    EPERM: ": you may not read it",
    EISDIR: ": it is a folder",
  };
  return (error instanceof Error && "code" in error && reasons[String(error.code)]) || "";
}

function suggestStack(name: string, folder: string): string {
  const names = readdirSync(folder).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  const near = names.find((candidate) => distance(candidate, name) <= 2);
  if (near) return `Did you mean "${near}"? `;
  return names.length > 0 ? `Stacks here: ${names.join(", ")}. ` : "";
}
