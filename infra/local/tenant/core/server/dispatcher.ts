import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { ServiceConditions } from "../conditions";
import type { Faults } from "../faults";
import type { Clock, Fault, FetchApp } from "../types";
import { BodyTooLargeError, drain, readBody } from "./body";
import { type ErrorReply, errorResponse } from "./errors";
import { collapseSlashes, type Route, routeOf, type ServiceName, serviceOfPort } from "./hosts";
import { breakOff, type ConnectionBindings } from "./listener";
import type { RequestLog } from "./request-log";
import { retryAfterOf } from "./retry-after";
import { serviceRootHeader } from "./service-root";
import { followMark, spoil, takeMark } from "./spoil";

/** The apps behind the routes; a service without one answers 404. */
export interface Services {
  app(service: ServiceName): FetchApp | undefined;
  /** The app behind the name of a port. */
  port(name: string): FetchApp | undefined;
}

const defaultLimit = 4 * 1024 * 1024;
const limits: Partial<Record<ServiceName, number>> = { login: 64 * 1024, msi: 1024 };

/** Services that read bodies as they come, however long they are. */
const streaming: ReadonlySet<string> = new Set<ServiceName>(["storage", "site", "scm"]);

/** A request's body: in memory, or still to be read. */
type Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | undefined;

/** What the dispatcher works with; without conditions replies take no longer than they take. */
interface DispatcherParts {
  readonly services: Services;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly conditions?: ServiceConditions;
}

/** Services that are as near as the caller itself; an app's storage lies in its region. */
const near: ReadonlySet<string> = new Set(["admin", "msi", "storage", "site", "scm"]);

/** What all requests have in common: routing, ids, limits, faults, the log, and an answer when a service fails. */
export class Dispatcher {
  readonly #services: Services;
  readonly #clock: Clock;
  readonly #faults: Faults;
  readonly #conditions: ServiceConditions | undefined;
  readonly #log: RequestLog;

  constructor(parts: DispatcherParts) {
    this.#services = parts.services;
    this.#clock = parts.clock;
    this.#faults = parts.faults;
    this.#conditions = parts.conditions;
    this.#log = parts.log;
  }

  /** Answers a request on the tenant's own origin, or one that a proxy brought for a Microsoft host. */
  readonly handle = (request: Request, bindings: ConnectionBindings): Promise<Response> => {
    const url = new URL(request.url);
    return this.#answer(request, bindings, url, routeOf(url));
  };

  /** Answers a request on the port of that name: a vault's, a storage account's, a site's. */
  readonly handlePort = (port: string) => (request: Request, bindings: ConnectionBindings) => {
    const url = new URL(request.url);
    const service = serviceOfPort(port);
    // A blob's name may have doubled slashes.
    const path = streaming.has(service) ? url.pathname : collapseSlashes(url.pathname);
    return this.#answer(request, bindings, url, { service, port, root: url.origin, path });
  };

  async #answer(
    request: Request,
    bindings: ConnectionBindings,
    clientUrl: URL,
    route: Route | undefined,
  ): Promise<Response> {
    const { url, mark } = takeMark(clientUrl);
    const started = performance.now();
    const requestId = randomUUID();
    const target = {
      service: route?.service ?? "none",
      method: request.method,
      path: route?.path ?? url.pathname,
      query: url.search,
    };
    // Read before any delay: a client that goes away meanwhile has sent its request all the same.
    const body = streaming.has(target.service)
      ? streamOf(request)
      : readBody(request, limits[target.service as ServiceName] ?? defaultLimit);
    body.catch(() => undefined);
    const fault = route?.service === "admin" ? undefined : this.#faults.take(target);
    const latency = near.has(target.service) ? 0 : (this.#conditions?.current.latency ?? 0);
    const delay = latency + (fault?.delay ?? 0);
    if (delay > 0) await wait(delay);
    const fails = fault !== undefined && !isDelayOnly(fault);
    if (fails && streaming.has(target.service)) await drain(request);
    const answer = (other: URL) => this.#serve(request, other, route, requestId, body);
    const served = async (): Promise<Response> => {
      const good = await answer(url);
      const followed = mark === undefined ? good : await followMark(mark, good, answer);
      const cut = () => breakOff(bindings);
      return fault === undefined ? followed : spoil(followed, { fault, url: clientUrl, answer, cut });
    };
    const response =
      fault === undefined || !fails ? await served() : this.#fail(fault, route?.service, bindings);
    this.#log.request({
      ...target,
      status: fault?.drop === true ? 0 : response.status,
      milliseconds: Math.round((performance.now() - started) * 10) / 10,
      requestId: response.headers.get("request-id") ?? requestId,
      ...(fault === undefined ? {} : { fault: fault.id }),
    });
    return fault?.drop === true ? response : this.#withHeaders(response, request, requestId);
  }

  async #serve(
    request: Request,
    url: URL,
    route: Route | undefined,
    requestId: string,
    body: Promise<Body>,
  ): Promise<Response> {
    const app = this.#appOf(route);
    if (route === undefined || app === undefined) return this.#error(route?.service, notServed(url));
    try {
      return await app.fetch(rewritten(request, url, route, requestId, await body));
    } catch (error) {
      if (error instanceof BodyTooLargeError) return this.#error(route.service, tooLarge(error));
      this.#log.defect(requestId, error);
      return this.#error(route.service, defect(requestId));
    }
  }

  #appOf(route: Route | undefined): FetchApp | undefined {
    if (route === undefined) return undefined;
    return route.port === undefined ? this.#services.app(route.service) : this.#services.port(route.port);
  }

  #fail(fault: Fault, service: ServiceName | undefined, bindings: ConnectionBindings): Response {
    if (fault.drop === true) {
      bindings.incoming?.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return this.#error(service, {
      status: fault.status ?? 500,
      code: fault.code ?? "InjectedFault",
      message: fault.message ?? "A fault that was switched on at the local tenant's admin endpoint.",
      headers: retryAfterOf(fault, this.#clock.now()),
    });
  }

  #error(service: ServiceName | undefined, reply: ErrorReply): Response {
    return errorResponse(service, reply, this.#clock.now());
  }

  #withHeaders(response: Response, request: Request, requestId: string): Response {
    const headers = new Headers(response.headers);
    if (!headers.has("request-id")) headers.set("request-id", requestId);
    headers.set("client-request-id", request.headers.get("client-request-id") ?? requestId);
    headers.set("date", new Date(this.#clock.now()).toUTCString());
    return new Response(response.body, { status: response.status, headers });
  }
}

async function streamOf(request: Request): Promise<Body> {
  return request.method === "GET" || request.method === "HEAD" ? undefined : (request.body ?? undefined);
}

/** The request as the service sees it: path below its root, its body, ids that a client can't forge. */
function rewritten(request: Request, url: URL, route: Route, requestId: string, body: Body): Request {
  const headers = new Headers(request.headers);
  headers.set(serviceRootHeader, route.root);
  headers.set("request-id", requestId);
  if (!headers.has("client-request-id")) headers.set("client-request-id", requestId);
  return new Request(`${url.origin}${route.path}${url.search}`, {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
}

/** Whether the request is answered, though late or badly. */
function isDelayOnly(fault: Fault): boolean {
  return fault.status === undefined && fault.drop !== true;
}

function notServed(url: URL): ErrorReply {
  const message = `The local tenant serves nothing at ${url.host}${url.pathname}.`;
  return { status: 404, code: "ResourceNotFound", message };
}

function tooLarge(error: BodyTooLargeError): ErrorReply {
  return { status: 413, code: "RequestEntityTooLarge", message: error.message };
}

function defect(requestId: string): ErrorReply {
  const message = `The local tenant failed on this request. Its errors.ndjson tells why: request-id ${requestId}.`;
  return { status: 500, code: "InternalServerError", message };
}
