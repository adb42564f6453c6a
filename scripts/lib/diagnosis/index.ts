/** From an error of a library, a service or the engine to its cause and the next step. */
import { failureText } from "./failure-text";
import { type KnownFailure, knownFailures } from "./known-failures";

/** A failure in words for the person who must act. */
export interface Diagnosis {
  /** What is wrong, one sentence. */
  readonly problem: string;
  /** What to do about it. */
  readonly next: string;
}

/** The diagnosis of an error (with everything below it), or of a text that a program printed; undefined when it is not known. */
export function diagnose(error: unknown): Diagnosis | undefined {
  const text = typeof error === "string" ? error : failureText(error);
  for (const failure of knownFailures) {
    const match = failure.sign.exec(text);
    if (match && (failure.also?.test(text) ?? true)) return describe(failure, match, text);
  }
  return undefined;
}

function describe(failure: KnownFailure, match: RegExpExecArray, text: string): Diagnosis {
  const { problem, next } = failure;
  return {
    problem: typeof problem === "string" ? problem : problem(match, text),
    next: typeof next === "string" ? next : next(match, text),
  };
}
