/** Takes one call from path to reply: route, permission, ownership, throttling, handler. */
import type { Caller, Tenant } from "../core/types";
import type { Directory } from "../directory/open";
import { authorize, hasRow, listedCalls } from "./authorization/authorize";
import type { Method, Version } from "./authorization/endpoint-permissions";
import { denied, notServed } from "./errors";
import { findObject, resolveAlternateKey } from "./objects";
import { parseQuery } from "./odata/query";
import { ListSnapshots } from "./odata/snapshots";
import { ownsTarget } from "./ownership";
import type { GraphResponse, Reach, Route } from "./request";
import { PathTable, Router, splitPath, unknownSegment } from "./router";
import type { Throttle } from "./throttling";

/** One call as it came over HTTP or out of a batch. */
export interface IncomingCall {
  readonly method: Method;
  /** Absolute, as the client wrote it; the path contains `/v1.0` or `/beta`. */
  readonly url: URL;
  readonly consistencyLevel: string | null;
  /** The `Prefer` header. */
  readonly prefer: string | null;
  readonly body: unknown;
  readonly caller: Caller;
}

/** Answers calls on one tenant's directory. */
export class Dispatcher {
  private readonly router: Router;
  private readonly snapshots = new ListSnapshots();
  private readonly listed = new PathTable<{ method: Method; path: string }>(
    listedCalls().map((row) => [row.path.split("?")[0] ?? row.path, row] as const),
  );

  constructor(
    readonly tenant: Tenant,
    readonly directory: Directory,
    routes: readonly Route[],
    private readonly throttle: Throttle,
  ) {
    this.router = new Router(routes);
  }

  /** Throws `GraphError` for every refusal. */
  dispatch(call: IncomingCall): GraphResponse {
    const [, versionText = "", path = ""] = /\/(v1\.0|beta)(\/.*)?$/i.exec(call.url.pathname) ?? [];
    const version: Version = versionText.toLowerCase() === "beta" ? "beta" : "v1.0";
    const segments = splitPath(path);
    const matched = this.router.match(call.method, version, segments);
    // A listed path with fewer keys is another call: `/users/delta` is no user named delta.
    const [listed] = this.listed.find(segments);
    const shadowed = matched !== undefined && listed !== undefined && listed.ids.length < matched.ids.length;
    if (matched === undefined || shadowed) return this.refuseUnrouted(call, version, segments);
    const { route, cast, counting } = matched;
    const ids = matched.ids.map((id, place) =>
      place === 0 ? resolveAlternateKey(this.directory, route.path, id) : id,
    );
    const reach = this.permit(call, version, route.path, ids);
    const headers = this.throttle.charge(call, route.path);
    const response = route.handle({
      tenant: this.tenant,
      directory: this.directory,
      caller: call.caller,
      version,
      reach,
      ids,
      cast,
      counting,
      url: call.url,
      query: parseQuery(call.url.searchParams, call.consistencyLevel),
      body: call.body,
      minimal: /\breturn=minimal\b/i.test(call.prefer ?? ""),
      snapshots: this.snapshots,
      mayCall: (method, other) =>
        !hasRow(method, other) || authorize({ method, path: other, version }, call.caller.roles) === "all",
    });
    return { ...response, headers: { ...headers, ...response.headers } };
  }

  private permit(call: IncomingCall, version: Version, path: string, ids: readonly string[]): Reach {
    const reach = authorize(
      {
        method: call.method,
        path,
        version,
        bodyProperties: propertyNames(call.body),
        objectType: () => findObject(this.directory, ids[0] ?? "")?.type.name ?? this.deletedKind(ids[0]),
      },
      call.caller.roles,
    );
    if (reach === undefined) throw denied();
    if (reach === "owned" && !ownsTarget(this.directory, call.caller.objectId, path, ids)) throw denied();
    return reach;
  }

  private deletedKind(id: string | undefined): string | undefined {
    return id === undefined ? undefined : this.directory.deletedItems.get(id)?.kind;
  }

  /** A call that Graph has and this tenant has not: 403 without the permission, as for any other; else 501. */
  private refuseUnrouted(call: IncomingCall, version: Version, segments: readonly string[]): never {
    const known = this.listed.find(segments).find(({ value }) => value.method === call.method);
    if (known === undefined) throw unknownSegment(segments);
    const { path } = known.value;
    if (authorize({ method: call.method, path, version }, call.caller.roles) === undefined) throw denied();
    throw notServed(call.method, path);
  }
}

const propertyNames = (body: unknown): readonly string[] =>
  typeof body === "object" && body !== null
    ? Object.keys(body).filter((name) => !name.startsWith("@odata.") && name !== "id")
    : [];
