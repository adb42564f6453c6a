import type { FailureText } from "./protocol";

/** The function threw. */
export class FunctionFailedError extends Error {
  override readonly name = "FunctionFailedError";

  constructor(readonly failure: FailureText) {
    super(failure.message);
  }
}

/** The worker process ended, or was ended, while the function ran. */
export class WorkerLostError extends Error {
  override readonly name = "WorkerLostError";
}

/** The worker could not load the package's program. */
export class UnloadableError extends Error {
  override readonly name = "UnloadableError";
}
