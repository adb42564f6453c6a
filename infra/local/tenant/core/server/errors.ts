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
  if (service === "storage") return storageErrorResponse(error, now);
  const body = service === "login" || service === "msi" ? oauthError(error, now) : apiError(error);
  return Response.json(body, { status: error.status, headers: { ...error.headers } });
}

/** Azure Storage's form: XML, the code in a header too. */
export function storageErrorResponse(error: ErrorReply, now: number): Response {
  const requestId = randomUUID();
  const message = `${error.message}\nRequestId:${requestId}\nTime:${new Date(now).toISOString()}`;
  const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${inXml(error.code)}</Code><Message>${inXml(message)}</Message></Error>`;
  return new Response(body, {
    status: error.status,
    headers: {
      "content-type": "application/xml",
      "x-ms-error-code": error.code,
      "x-ms-request-id": requestId,
      ...error.headers,
    },
  });
}

function inXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
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
