/** What Graph, or the way to it, answered in the end: after every retry that could help. */
export type GraphErrorKind =
  /** 401 or 403 that a permission would mend. */
  | "forbidden"
  /** The tenant's licences do not include it. */
  | "license"
  /** The cloud or the tenant does not offer it. */
  | "not-offered"
  /** No token: wrong credential, application gone, consent revoked. */
  | "sign-in"
  | "not-found"
  /** The delta link or page token is too old: begin again. */
  | "expired-link"
  /** Still throttled when patience or the deadline ended. */
  | "throttled"
  /** The run's time is over before this request could end. Nothing is wrong: go on from the savepoint. */
  | "deadline"
  /** 5xx, resets, timeouts, after all retries. */
  | "service"
  /** A reply that is not what the service documents: truncated, not JSON, another shape, a next link that loops. */
  | "malformed"
  /** 400 and other answers that no retry mends. */
  | "refused";

/** A read that failed for good. */
export class GraphError extends Error {
  override readonly name = "GraphError";

  constructor(
    readonly kind: GraphErrorKind,
    message: string,
    readonly details: {
      readonly status?: number | undefined;
      /** Graph's own code, for example `Authorization_RequestDenied`. */
      readonly code?: string | undefined;
      readonly requestId?: string | undefined;
      /** The permission that the service's text or the call's documentation names. */
      readonly permission?: string | undefined;
      /** When the service said it may be asked again, milliseconds since 1970. */
      readonly retryAt?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
  }
}
