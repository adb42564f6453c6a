/** The HTTP face of Graph: tokens, request ids, error bodies. */
import { randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import type { Caller, Tenant } from "../core/types";
import { openDirectory } from "../directory/open";
import type { Method } from "./authorization/endpoint-permissions";
import { type BatchFault, runBatch } from "./batch";
import { Dispatcher, type IncomingCall } from "./dispatch";
import { errorResponse, type RequestIds } from "./error-response";
import { badRequest, GraphError } from "./errors";
import type { GraphResponse } from "./request";
import { routes } from "./resources";
import { BudgetThrottle, type Throttle, unlimited } from "./throttling";

/** What can be chosen for a tenant's Graph. */
export interface GraphOptions {
  /** Microsoft's request budgets; on unless a bench or a test of something else switches them off. */
  readonly throttling?: boolean | (() => boolean);
  /** The fault that a step of a batch meets. */
  readonly batchFault?: BatchFault;
}

const methods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);
const isMethod = (method: string): method is Method => methods.has(method);

/** Microsoft Graph v1.0 and beta of a tenant; paths begin with the version. */
export function createGraphApp(tenant: Tenant, options: GraphOptions = {}): Hono {
  const directory = openDirectory(tenant.store);
  const throttle = throttleOf(options, new BudgetThrottle(tenant, directory));
  const dispatcher = new Dispatcher(tenant, directory, routes, throttle);
  const app = new Hono();
  app.all("*", async (context) => {
    const ids = requestIds(context);
    try {
      return send(await answer(context, tenant, dispatcher, options.batchFault), ids);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      return send(errorResponse(error, ids, tenant.clock.now()), ids);
    }
  });
  // A defect of the tenant is the server's to log and to answer: details could hold secrets.
  app.onError((error) => {
    throw error;
  });
  return app;
}

function throttleOf({ throttling = true }: GraphOptions, budgets: Throttle): Throttle {
  if (typeof throttling === "boolean") return throttling ? budgets : unlimited;
  return { charge: (call, path) => (throttling() ? budgets : unlimited).charge(call, path) };
}

async function answer(
  context: Context,
  tenant: Tenant,
  dispatcher: Dispatcher,
  batchFault: BatchFault = () => undefined,
): Promise<GraphResponse> {
  const caller = await authenticate(context, tenant);
  const { method } = context.req;
  if (!isMethod(method))
    throw new GraphError(405, "Request_BadRequest", "Specified HTTP method is not allowed.");
  const url = publicUrl(context, tenant);
  const call: IncomingCall = {
    method,
    url,
    caller,
    consistencyLevel: context.req.header("consistencylevel") ?? null,
    prefer: context.req.header("prefer") ?? null,
    body: await readBody(context),
  };
  if (/\/(v1\.0|beta)\/+\$batch\/?$/i.test(url.pathname)) {
    return runBatch(call, dispatcher, tenant.clock.now(), batchFault);
  }
  return dispatcher.dispatch(call);
}

async function authenticate(context: Context, tenant: Tenant): Promise<Caller> {
  try {
    return await tenant.tokens.verify(context.req.header("authorization"), "graph");
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new GraphError(401, "InvalidAuthenticationToken", error.message, {
      "WWW-Authenticate": `Bearer realm="", authorization_uri="${tenant.settings.origin}/login/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000"`,
    });
  }
}

/** The URL as the client wrote it: the server says below which root it reached Graph, the app sees the path below. */
function publicUrl(context: Context, tenant: Tenant): URL {
  const url = new URL(context.req.url);
  const root = context.req.header(serviceRootHeader) ?? `${tenant.settings.origin}/graph`;
  return new URL(`${root}${url.pathname.replace(/\/{2,}/g, "/")}${url.search}`);
}

async function readBody(context: Context): Promise<unknown> {
  if (context.req.method === "GET" || context.req.method === "DELETE") return undefined;
  const text = await context.req.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    );
  }
}

function requestIds(context: Context): RequestIds {
  const requestId = context.req.header("request-id") ?? randomUUID();
  return { requestId, clientRequestId: context.req.header("client-request-id") ?? requestId };
}

function send(response: GraphResponse, ids: RequestIds): Response {
  const headers = new Headers(response.headers);
  headers.set("request-id", ids.requestId);
  headers.set("client-request-id", ids.clientRequestId);
  headers.set("Cache-Control", "no-cache");
  if (response.text !== undefined) {
    headers.set("Content-Type", "text/plain;charset=utf-8");
    return new Response(response.text, { status: response.status, headers });
  }
  const json = response.json ?? (response.body === undefined ? undefined : JSON.stringify(response.body));
  if (json === undefined) return new Response(null, { status: response.status, headers });
  headers.set(
    "Content-Type",
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
  );
  return new Response(json, { status: response.status, headers });
}
