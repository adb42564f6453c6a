import { diagnose } from "./diagnosis";
import { UserError } from "./errors";
import { palette } from "./terminal";

/** How an error is to be shown. */
export interface ReportOptions {
  /** Show the stack traces of the error and its causes. */
  readonly debug: boolean;
  /** Also print `{ "error": … }` on standard output. */
  readonly json: boolean;
}

/** Prints an error for a person (or a program) and answers the exit code that it deserves. */
export function reportError(error: unknown, { debug, json }: ReportOptions): number {
  const shown = asUserError(error);
  process.stderr.write(`${errorText(shown)}\n`);
  if (debug) process.stderr.write(`\n${stackText(error)}\n`);
  if (json) {
    const { message, next, log } = shown;
    process.stdout.write(`${JSON.stringify({ error: { message, next, log } }, null, 2)}\n`);
  }
  return shown.exitCode;
}

/** Errors of the other rooms whose message already says what is wrong and what to do. */
const speaksToPeople: ReadonlySet<string> = new Set([
  "SettingsError",
  "UnknownCloudError",
  "CloudDiscoveryError",
  "TenantStartError",
]);

/** The error in words a person can act on: itself when it already is, its diagnosis when it is known, else a plain wrapper. */
export function asUserError(error: unknown): UserError {
  if (error instanceof UserError) return error;
  const own = error instanceof Error ? ownWords(error) : undefined;
  if (own) return own;
  const diagnosis = diagnose(error);
  if (diagnosis) return new UserError(diagnosis.problem, { next: diagnosis.next, cause: error });
  return new UserError(`Unexpected failure: ${messageOf(error)}`, {
    next: "Run it again with --debug to see where it happened.",
    cause: error,
  });
}

/** The error as it is, when another room wrote it for people. */
function ownWords(error: Error): UserError | undefined {
  const next = "next" in error && typeof error.next === "string" ? error.next : undefined;
  if (next === undefined && !speaksToPeople.has(error.name)) return undefined;
  const log = "log" in error && typeof error.log === "string" ? error.log : undefined;
  return new UserError(error.message, {
    cause: error,
    ...(next === undefined ? {} : { next }),
    ...(log === undefined ? {} : { log }),
  });
}

function errorText(error: UserError): string {
  const colours = palette(process.stderr);
  const [first = "", ...rest] = error.message.split("\n");
  const lines = [colours.red(first), ...rest];
  if (error.next) lines.push(...error.next.split("\n").map((line) => `  ${line}`));
  if (error.log) lines.push(colours.dim(`  Full log: ${error.log}`));
  return lines.join("\n");
}

function stackText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const below = error.cause === undefined ? "" : `\ncaused by ${stackText(error.cause)}`;
  return `${error.stack ?? error.message}${below}`;
}

/** Of what the engine printed, the line that says what is wrong. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^(?: *stderr: )?error: (.+)$/m.exec(message)?.[1] ?? message;
}
