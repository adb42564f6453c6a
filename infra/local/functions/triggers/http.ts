/** HTTP triggers, and the host's own endpoints. */
import { randomUUID } from "node:crypto";
import type { FunctionSummary } from "../app";
import { answerOf, type HttpAnswer, jsonAnswer } from "../http/answer";
import { Route } from "../http/route";
import type { Endpoint, HttpCall } from "../http/server";
import { FunctionFailedError, WorkerLostError } from "../worker/errors";
import type { InvocationRequest, InvocationResponse } from "../worker/protocol";
import type { DeclaredFunction } from "./declared";
import type { TimerListener } from "./timer";

export type HttpFunction = DeclaredFunction & { readonly trigger: "http" };

/** The path of an HTTP function; the route is the function's name unless it says another. */
export function httpPath(declared: HttpFunction, prefix: string): string {
  const route = (declared.route ?? declared.name).replace(/^\/+|\/+$/g, "");
  return `/${[prefix, route].filter(Boolean).join("/")}`;
}

/** @throws RouteError */
export function httpEndpoint(
  declared: HttpFunction,
  prefix: string,
  call: (declared: DeclaredFunction, request: InvocationRequest) => Promise<InvocationResponse>,
): Endpoint {
  return {
    route: new Route(httpPath(declared, prefix)),
    methods: new Set(declared.methods.map((method) => method.toUpperCase())),
    level: declared.authLevel,
    call: async (http) => {
      try {
        const { returnValue } = await call(declared, requestOf(declared, http));
        return answerOf(returnValue?.http);
      } catch (error) {
        // What failed is in the log; the caller learns no more than the platform tells.
        if (error instanceof FunctionFailedError) return { status: 500, headers: {}, body: Buffer.alloc(0) };
        if (error instanceof WorkerLostError) return { status: 502, headers: {}, body: Buffer.alloc(0) };
        throw error;
      }
    },
  };
}

/** `POST /admin/functions/{name}` runs a timer function now; `GET /admin/functions` lists all. Both need the master key. */
export function hostEndpoints(
  timers: ReadonlyMap<string, TimerListener>,
  summaries: () => readonly FunctionSummary[],
): readonly Endpoint[] {
  const run = async (name: string): Promise<HttpAnswer> => {
    const timer = timers.get(name);
    if (timer === undefined) return jsonAnswer(404, { message: `There is no timer function "${name}".` });
    void timer.fire(false);
    return jsonAnswer(202, {});
  };
  return [
    {
      route: new Route("/admin/functions/{name}"),
      methods: new Set(["POST"]),
      level: "admin",
      call: (http) => run(http.params.name ?? ""),
    },
    {
      route: new Route("/admin/functions"),
      methods: new Set(["GET"]),
      level: "admin",
      call: async () => jsonAnswer(200, summaries()),
    },
  ];
}

function requestOf(
  declared: HttpFunction,
  { url, method, headers, params, body }: HttpCall,
): InvocationRequest {
  const http = {
    url: url.href,
    method,
    headers,
    params,
    query: Object.fromEntries(url.searchParams),
    ...(body.length > 0 ? { body: { bytes: body } } : {}),
  };
  return {
    invocationId: randomUUID(),
    inputData: [{ name: declared.bindingName, data: { http } }],
    triggerMetadata: {},
  };
}
