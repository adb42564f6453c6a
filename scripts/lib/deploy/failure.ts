import { diagnose } from "../diagnosis";
import { UserError } from "../errors";
import type { Violation, Watcher } from "./watcher";

/** A failed preview or deployment in words: policies first, then the first error that tells something, with its cause. */
export function deploymentFailure(what: string, watcher: Watcher, error: unknown, log: string): UserError {
  const refusals = watcher.violations.filter(({ mandatory }) => mandatory);
  if (refusals.length > 0) {
    // A permission is asked for and granted by two resources, and refused at both with the same words.
    const lines = new Set(refusals.map(refusalText));
    return new UserError(`${what} was refused by the policies.`, {
      next: [...lines, ...afterTheFact(what)].join("\n"),
      cause: error,
      log,
    });
  }
  const said = watcher.errors.map(withoutTrace).filter((text) => text !== "" && !isEcho(text));
  const settings = said.find((text) => /has \d+ problems?\b/.test(text));
  if (settings) return new UserError(fromSettings(settings), { cause: error, log });
  for (const text of said) {
    const diagnosis = diagnose(text);
    if (diagnosis) return new UserError(diagnosis.problem, { next: diagnosis.next, cause: error, log });
  }
  const diagnosis = said.length === 0 ? diagnose(error) : undefined;
  if (diagnosis) return new UserError(diagnosis.problem, { next: diagnosis.next, cause: error, log });
  return new UserError(`${what} failed: ${firstLine(said[0] ?? messageOf(error))}`, {
    next: "What was done until then is kept. Look into the log, then run it again.",
    cause: error,
    log,
  });
}

/** A deployment that somebody stopped. The exit code is that of programs which Ctrl-C ends. */
export function interruption(error: unknown, log: string): UserError {
  return new UserError(
    "The deployment was stopped before its end. What was done until then is kept and written down.",
    {
      next: "Run it again: it goes on from there.",
      exitCode: 130,
      cause: error,
      log,
    },
  );
}

/** Our own rules begin with their name; those of other packs may not. */
function refusalText({ policy, message }: Violation): string {
  const text = message.split("\n").find((line) => line.startsWith(`${policy}[`)) ?? message;
  return text.startsWith(policy) ? text : `${policy}: ${text}`;
}

/** Rules about a whole stack judge once its resources are there: only a preview refuses before. */
function afterTheFact(what: string): readonly string[] {
  if (what !== "The deployment") return [];
  return ["What was made before the refusal is there: mend the settings and deploy again, with its preview."];
}

/** The engine repeats at the end that something failed. */
function isEcho(text: string): boolean {
  return /^(?:pulumi:pulumi:Stack: )?(?:update|preview) failed$/.test(text);
}

function withoutTrace(text: string): string {
  const lines = text.split("\n").filter((line) => !/^\s+at\s/.test(line));
  return lines.join("\n").trim();
}

/** The settings' own text begins with the file's name. */
function fromSettings(text: string): string {
  const start = text.search(/Pulumi\.\S+ has \d+ problem/);
  return start < 0 ? text : text.slice(start);
}

/** Of a program that threw, what it threw: that it threw is said before. */
function firstLine(text: string): string {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() !== "" && !/unhandled (?:exception|error)/i.test(line));
  return (lines[0] ?? text).trim().replace(/^(?:<ref \*\d+> )?(?:Error: )?/, "");
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
