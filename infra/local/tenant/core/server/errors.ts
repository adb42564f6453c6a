import { randomUUID } from "node:crypto";
import type { ServiceName } from "./hosts";

/** An error reply that does not come from a service itself: a fault, an unknown path, a body too large, a defect. */
export interface ErrorReply {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The reply in the form that clients of the service expect. */
export function errorResponse(service: ServiceName | undefined, error: ErrorReply, now: number): Response {
  const body = service === "login" || service === "msi" ? oauthError(error, now) : apiError(error);
  return Response.json(body, { status: error.status, headers: { ...error.headers } });
}

function apiError({ code, message }: ErrorReply): unknown {
  return { error: { code, message } };
}

function oauthError({ code, message }: ErrorReply, now: number): unknown {
  return {
    error: code,
    error_description: message,
    error_codes: [],
    timestamp: oauthTimestamp(now),
    trace_id: randomUUID(),
    correlation_id: randomUUID(),
  };
}

/** Microsoft Entra's form of an instant in error replies: `2026-01-31 12:00:00Z`. */
export function oauthTimestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
