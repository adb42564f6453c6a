/** Why a request's bearer token is not taken. */
export type TokenProblem = "missing" | "malformed" | "signature" | "expired" | "audience";

const messages: Record<TokenProblem, string> = {
  missing: "Access token is empty.",
  malformed: "CompactToken parsing failed with error code: 80049217",
  signature: "Access token validation failure. Signature verification failed.",
  expired: "Lifetime validation failed, the token is expired.",
  audience: "Access token validation failure. Invalid audience.",
};

/** A bearer token that an API refuses; every API answers 401 in its own form, with this message. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  readonly problem: TokenProblem;

  constructor(problem: TokenProblem) {
    super(messages[problem]);
    this.problem = problem;
  }
}
