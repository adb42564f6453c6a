/** Parts of a `UserError` beside its message. */
export interface UserErrorDetails {
  /** What to do about it, a sentence or several lines. */
  readonly next?: string;
  /** Exit code of the process; default 1. */
  readonly exitCode?: number;
  /** The failure below it; shown with `--debug` only. */
  readonly cause?: unknown;
  /** Path of the full log, when there is one. */
  readonly log?: string;
}

/**
 * Something the person at the keyboard can understand and act on. The message says what is wrong in a sentence,
 * `next` what to do. Printed without a stack trace.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  readonly next: string | undefined;
  readonly exitCode: number;
  readonly log: string | undefined;

  constructor(message: string, details: UserErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.next = details.next;
    this.exitCode = details.exitCode ?? 1;
    this.log = details.log;
  }
}
