import { randomUUID } from "node:crypto";
import type { Context } from "hono";
import { oauthTimestamp } from "../core/server/errors";

/** The OAuth 2.0 error names that Microsoft Entra uses at its token endpoint. */
export type OAuthError =
  | "invalid_request"
  | "invalid_client"
  | "invalid_resource"
  | "invalid_scope"
  | "invalid_tenant"
  | "unauthorized_client"
  | "unsupported_grant_type";

/** A refusal of the login service: an AADSTS number and what Microsoft says with it. */
export class LoginError extends Error {
  override readonly name = "LoginError";

  constructor(
    readonly error: OAuthError,
    readonly code: number,
    message: string,
    readonly status: 400 | 401 = error === "invalid_client" ? 401 : 400,
  ) {
    super(message);
  }
}

/** The reply that Microsoft's token endpoint gives, with the ids that its support asks for. */
export function loginErrorResponse(context: Context, error: LoginError, now: number): Response {
  const traceId = context.req.header("request-id") ?? randomUUID();
  const correlationId = context.req.header("client-request-id") ?? randomUUID();
  const timestamp = oauthTimestamp(now);
  return context.json(
    {
      error: error.error,
      error_description:
        `AADSTS${error.code}: ${error.message} ` +
        `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [error.code],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${error.code}`,
    },
    error.status,
  );
}
