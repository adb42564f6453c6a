/** `$batch`: up to 20 calls, each authorized and throttled by itself (page "Combine multiple HTTP requests using JSON batching"). */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { retryAfterOf } from "../core/server/retry-after";
import type { Fault } from "../core/types";
import type { Dispatcher, IncomingCall } from "./dispatch";
import { errorResponse } from "./error-response";
import { badRequest, GraphError } from "./errors";
import type { GraphResponse } from "./request";

const maximum = 20;
const batchSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string().min(1),
      method: z
        .string()
        .toUpperCase()
        .pipe(z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"])),
      url: z.string().min(1),
      headers: z.record(z.string(), z.string()).optional(),
      body: z.unknown().optional(),
      dependsOn: z.array(z.string()).optional(),
    }),
  ),
});

type Step = z.infer<typeof batchSchema>["requests"][number];

interface StepResponse {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as JSON. */
  readonly json: string | undefined;
}

function stepText({ json, ...head }: StepResponse): string {
  const text = JSON.stringify(head);
  return json === undefined ? text : `${text.slice(0, -1)},"body":${json}}`;
}

/** The fault that is switched on for a step, if any. */
export type BatchFault = (method: string, path: string, query: string) => Fault | undefined;

const faultError = (fault: Fault, now: number): GraphError =>
  new GraphError(
    fault.status ?? 500,
    fault.code ?? "InjectedFault",
    fault.message ?? "A fault that was switched on at the local tenant's admin endpoint.",
    retryAfterOf(fault, now),
  );

/** The reply to a batch: 200 with a reply for each step, whatever their statuses. */
export function runBatch(
  call: IncomingCall,
  dispatcher: Dispatcher,
  now: number,
  batchFault: BatchFault,
): GraphResponse {
  if (call.method !== "POST") throw new GraphError(405, "BadRequest", "$batch takes POST only.");
  const parsed = batchSchema.safeParse(call.body);
  if (!parsed.success) throw badRequest("Invalid batch payload format.");
  const { requests } = parsed.data;
  checkSteps(requests);
  const done = new Map<string, StepResponse>();
  for (const step of requests) {
    const failed = step.dependsOn?.some((id) => (done.get(id)?.status ?? 424) >= 400);
    const response = failed
      ? failedDependency(step)
      : runStep(step, () => answerStep(step, call, dispatcher, now, batchFault));
    done.set(step.id, response);
  }
  return { status: 200, json: `{"responses":[${[...done.values()].map(stepText).join(",")}]}` };
}

function checkSteps(steps: readonly Step[]): void {
  if (steps.length > maximum) {
    throw badRequest(`Number of batch request steps exceeds the maximum value of ${maximum}.`);
  }
  const seen = new Set<string>();
  for (const step of steps) {
    if (seen.has(step.id)) throw badRequest("Request Id duplicates in the batch.");
    const unknown = step.dependsOn?.find((id) => !seen.has(id));
    if (unknown !== undefined)
      throw badRequest(`Request '${step.id}' depends on '${unknown}', which does not come before it.`);
    seen.add(step.id);
  }
}

const failedDependency = (step: Step): StepResponse => ({
  id: step.id,
  status: 424,
  headers: {},
  json: JSON.stringify({
    error: { code: "FailedDependency", message: "Response failed because a prerequisite request failed." },
  }),
});

function runStep(step: Step, answer: () => GraphResponse): StepResponse {
  const response = answer();
  const body = response.text === undefined ? response.body : Buffer.from(response.text).toString("base64");
  const json = response.json ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    id: step.id,
    status: response.status,
    headers: { ...response.headers, ...(json !== undefined && { "Content-Type": "application/json" }) },
    json,
  };
}

function answerStep(
  step: Step,
  call: IncomingCall,
  dispatcher: Dispatcher,
  now: number,
  batchFault: BatchFault,
): GraphResponse {
  const headers = new Headers(step.headers);
  try {
    const base = call.url.href.replace(/\/\$batch.*$/i, "");
    const [path = "", query] = step.url.split("?", 2);
    const fault = batchFault(step.method, path, query === undefined ? "" : `?${query}`);
    if (fault?.status !== undefined) throw faultError(fault, now);
    return dispatcher.dispatch({
      method: step.method,
      url: new URL(`${base}/${step.url.replace(/^\/+/, "")}`),
      caller: call.caller,
      consistencyLevel: headers.get("consistencylevel"),
      prefer: headers.get("prefer"),
      body: step.body,
    });
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    const requestId = randomUUID();
    return errorResponse(error, { requestId, clientRequestId: requestId }, now);
  }
}
