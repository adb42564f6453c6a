import type { ApiName, GraphRole } from "../catalogue/apis";

export type HttpMethod = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A call that a product makes, and what allows it according to Microsoft's reference. */
export interface Call {
  readonly api: ApiName;
  readonly method: HttpMethod;
  /** Path below the version, with `{id}` for every key. */
  readonly path: string;
  readonly version: string;
  /** For PATCH: the properties written, where fewer permissions suffice for them. */
  readonly properties?: readonly string[];
  /** Properties that must be selected by name and need a permission of their own. */
  readonly select?: string;
  /** Sets of permissions; one whole set suffices. Only what covers the whole tenant counts, not objects that the app owns. */
  readonly accepts: readonly (readonly string[])[];
}

/** What allows a Graph call: a permission alone, or several together. */
type Acceptance = GraphRole | readonly GraphRole[];

/** A Microsoft Graph v1.0 call with the permissions that suffice for it, least first. */
export function graph(method: HttpMethod, path: string, ...accepts: readonly Acceptance[]): Call {
  return {
    api: "graph",
    method,
    path,
    version: "v1.0",
    accepts: accepts.map((one) => (typeof one === "string" ? [one] : one)),
  };
}

/** True when a set of permissions of the call's API allows it. */
export function allows(granted: ReadonlySet<string>, call: Call): boolean {
  return call.accepts.some((set) => set.every((value) => granted.has(value)));
}

/** The call's path as people write it: Graph's beta version is named, because it is another endpoint. */
export function pathText({ api, path, version }: Call): string {
  return api === "graph" && version === "beta" ? `/beta${path}` : path;
}
