/** One call after routing and authorization, the same whether it came alone or inside a `$batch`. */
import type { Caller, Tenant } from "../core/types";
import type { Directory } from "../directory/open";
import type { Method, Version } from "./authorization/endpoint-permissions";
import type { Query } from "./odata/query";
import type { ListSnapshots } from "./odata/snapshots";

/** How far the caller's permissions reach: all objects, only those it owns, or all with basic properties. */
export type Reach = "all" | "owned" | "basic";

export interface GraphRequest {
  readonly tenant: Tenant;
  readonly directory: Directory;
  readonly caller: Caller;
  readonly version: Version;
  readonly reach: Reach;
  /** Keys of the path in order; object ids in lower case. */
  readonly ids: readonly string[];
  /** Last segment was a cast such as `microsoft.graph.user`: only entities of that type. */
  readonly cast: string | undefined;
  /** Last segment was `$count`: answer the number as text. */
  readonly counting: boolean;
  /** The absolute URL as the client wrote it; next links are built from it. */
  readonly url: URL;
  readonly query: Query;
  readonly body: unknown;
  /** Whether the request carries `Prefer: return=minimal`. */
  readonly minimal: boolean;
  /** The lists that clients are paging through. */
  readonly snapshots: ListSnapshots;
  /** Whether a permission check for another call would pass: `$expand` asks it. */
  readonly mayCall: (method: Method, path: string) => boolean;
}

/** A reply; `body` is sent as JSON, `json` is JSON already, `text` is plain text, none of them: no content. */
export interface GraphResponse {
  readonly status: number;
  readonly body?: unknown;
  readonly json?: string;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one kind of call. */
export interface Route {
  readonly method: Method;
  /** Path below the version; `{id}` for keys. */
  readonly path: string;
  /** Versions that have the call; both when absent. */
  readonly versions?: readonly Version[];
  readonly handle: (request: GraphRequest) => GraphResponse;
}

/** The key at a place of the path. The router guarantees one for each `{id}` of the template. */
export function idAt(request: GraphRequest, place = 0): string {
  const id = request.ids[place];
  if (id === undefined) throw new Error(`The route has no key at place ${place}.`);
  return id;
}

/** The base of absolute Graph URLs as this client reaches them: `https://…/v1.0`. */
export function graphBase({ url, version }: Pick<GraphRequest, "url" | "version">): string {
  const root = url.pathname.slice(0, url.pathname.toLowerCase().indexOf(`/${version}`));
  return `${url.origin}${root}/${version}`;
}

/** The path below the version, without a leading slash. */
export const pathBelowVersion = ({ url, version }: Pick<GraphRequest, "url" | "version">): string =>
  url.pathname.slice(url.pathname.toLowerCase().indexOf(`/${version}`) + version.length + 2);

export const noContent: GraphResponse = { status: 204 };
