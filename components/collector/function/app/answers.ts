/** What the HTTP functions have in common: bodies checked once, errors as sentences. */
import type { HttpRequest, HttpResponseInit, InvocationContext } from "@azure/functions";
import { z } from "zod";
import { invocationLog } from "../telemetry/log";
import type { CollectorApp } from "./collector-app";

/** An empty body is an empty object. */
export async function readBody<Output>(
  request: HttpRequest,
  schema: z.ZodType<Output>,
): Promise<{ value: Output; problem?: undefined } | { problem: string }> {
  const text = await request.text();
  try {
    const parsed = schema.safeParse(text.trim() === "" ? {} : JSON.parse(text));
    if (parsed.success) return { value: parsed.data };
    return { problem: parsed.error.issues.map(sentence).join(" ") };
  } catch {
    return { problem: "The body is not JSON." };
  }
}

export const badRequest = (message: string): HttpResponseInit => ({ status: 400, jsonBody: { message } });

/** Answers 503 with one sentence where settings or storage are of no use; the log has the details. */
export async function answered(
  { configuration: { problem } }: CollectorApp,
  context: InvocationContext,
  answer: () => Promise<HttpResponseInit>,
): Promise<HttpResponseInit> {
  if (problem !== undefined) return { status: 503, jsonBody: { problem } };
  try {
    return await answer();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    invocationLog(context).error("request-failed", { message });
    return {
      status: 503,
      jsonBody: {
        problem: {
          code: "storage-failed",
          message: "The collector's storage did not answer as it should.",
          next: "Look into the function app's log, and try again.",
        },
      },
    };
  }
}

function sentence({ path, message }: z.core.$ZodIssue): string {
  const where = z.core.toDotPath(path);
  return where === "" ? `${message}.` : `${where}: ${message}.`;
}
