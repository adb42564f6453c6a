import type { GraphError } from "./errors";
import type { GraphResponse } from "./request";

/** What identifies one request in headers and errors. */
export interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
}

/** The error body of one reply, alone or inside a batch. */
export function errorResponse(error: GraphError, ids: RequestIds, now: number): GraphResponse {
  const date = new Date(now).toISOString().slice(0, 19);
  return {
    status: error.status,
    headers: error.headers,
    body: {
      error: {
        code: error.code,
        message: error.message,
        innerError: { date, "request-id": ids.requestId, "client-request-id": ids.clientRequestId },
      },
    },
  };
}
