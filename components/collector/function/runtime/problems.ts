/** What went wrong, as a status says it. */
import { GraphError, type GraphErrorKind } from "../graph/errors";
import type { Problem } from "../model/status";
import { ConditionFailedError, LeaseLostError } from "../storage/store";
import { ConfigurationError } from "../streams/configuration-error";
import { MalformedDocumentError } from "./document";
import { MalformedIndexError } from "./key-index/segment-reader";

const resumes = "Nothing to do: the next run goes on where this one stopped.";

const codes: Readonly<Record<GraphErrorKind, Problem["code"]>> = {
  forbidden: "permission-missing",
  license: "license-missing",
  "not-offered": "not-offered",
  "sign-in": "sign-in-failed",
  "not-found": "service-failed",
  "expired-link": "service-failed",
  throttled: "throttled",
  deadline: "deadline",
  service: "service-failed",
  malformed: "malformed-reply",
  refused: "service-failed",
};

const nextSteps: Readonly<Record<GraphErrorKind, string>> = {
  forbidden: "Grant the permission (a consent may have been revoked), then start the stream again.",
  license: "Nothing to do where the licence is not wanted; otherwise assign it in the tenant.",
  "not-offered": "Nothing to do: this cloud or tenant does not have it.",
  "sign-in": "Check that the application exists, is consented to and trusts the collector's credential.",
  "not-found": "Start the stream again with a resync; look up the request id if it stays.",
  "expired-link": "Start the stream again with a resync.",
  throttled: `${resumes} Where it stays, let fewer products read the tenant at that hour.`,
  deadline: resumes,
  service: `${resumes} Where it stays, look at the service's health in the admin center.`,
  malformed: `${resumes} Where it stays, look up the request id with Microsoft's support.`,
  refused: "Look up the request id with Microsoft's support, and report it as a fault of the collector.",
};

/** Errors after which the stream is as complete as the tenant lets it be. */
export const degrading: ReadonlySet<GraphErrorKind> = new Set(["license", "not-offered"]);

/** Errors that trying again soon may mend. */
export const passing: ReadonlySet<GraphErrorKind> = new Set(["throttled", "service", "malformed"]);

export function graphProblem(error: GraphError): Problem {
  const { permission, requestId } = error.details;
  const revoked = error.kind === "sign-in" && /consent|AADSTS(65001|7000112|650051)/i.test(error.message);
  return {
    code: revoked ? "consent-revoked" : codes[error.kind],
    message: error.message,
    next: nextSteps[error.kind],
    ...(permission !== undefined && { permission }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The message of a run that another instance took over. */
export const takenOver = "Another instance of the collector took this stream over.";

/** Any other error of a run: the store's, a damaged document's, or one of the program. */
export function runProblem(error: unknown): Problem {
  if (error instanceof GraphError) return graphProblem(error);
  if (error instanceof ConfigurationError) {
    return { code: "configuration", message: error.message, next: error.next };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof MalformedDocumentError || error instanceof MalformedIndexError) {
    return { code: "storage-failed", message, next: "Purge the stream, then start it again." };
  }
  if (error instanceof ConditionFailedError || error instanceof LeaseLostError) {
    return { code: "storage-failed", message: takenOver, next: resumes };
  }
  if (isStorageError(error)) {
    return { code: "storage-failed", message: `The collector's storage failed: ${message}`, next: resumes };
  }
  return { code: "internal", message, next: "Report this as a fault of the collector, with its log." };
}

/** What the storage client library, the sign-in to it and the file system throw. */
function isStorageError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "RestError" ||
    "syscall" in error ||
    /^(Authentication|Credential)\w*Error$/.test(error.name)
  );
}

/** The run used up its time before it reached a savepoint: going on would not help. */
export const noSavepoint: Problem = {
  code: "deadline",
  message: "The run reached its time limit before its first savepoint.",
  next: "Raise the function app's time limit (functionTimeout), or run the stream with `collect`.",
};
