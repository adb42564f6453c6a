import {
  createTestTenant,
  type TestTenant,
  type TestTenantOptions,
} from "../../../infra/local/tenant/core/testing";
import { createGraphApp, type GraphOptions } from "../../../infra/local/tenant/graph";

/** An entity in a reply: its id, and whatever else it has. */
export interface Entity {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** What replies hold: an entity, a list or an error. Tests compare the rest structurally. */
interface Body extends Entity {
  readonly appId: string;
  readonly keyId: string;
  readonly secretText: string;
  readonly value: readonly Entity[];
  readonly "@odata.nextLink"?: string;
  readonly "@odata.count"?: number;
  readonly error: { readonly code: string; readonly message: string; readonly innerError: unknown };
}

/** A reply with its body parsed. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

/** A caller with fixed roles on a tenant's Graph app, without a network. */
export interface GraphClient {
  readonly tenant: TestTenant;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  /** The same app for another caller. */
  as(roles: readonly string[], objectId?: string): Promise<GraphClient>;
}

/** Makes an empty tenant and a client of its Graph with the roles given. */
export async function graphClient(
  roles: readonly string[],
  options: TestTenantOptions & GraphOptions = {},
): Promise<GraphClient> {
  const tenant = createTestTenant(options);
  return clientOn(tenant, createGraphApp(tenant, { throttling: options.throttling ?? false }), roles);
}

async function clientOn(
  tenant: TestTenant,
  app: ReturnType<typeof createGraphApp>,
  roles: readonly string[],
  objectId?: string,
): Promise<GraphClient> {
  const authorization = await tenant.authorization({ api: "graph", roles, ...(objectId && { objectId }) });
  const call: GraphClient["call"] = async (method, path, body, headers = {}) => {
    const response = await app.request(path, {
      method,
      headers: {
        authorization,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.startsWith("application/json") === true;
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : {}, text };
  };
  return {
    tenant,
    call,
    get: (path, headers) => call("GET", path, undefined, headers),
    as: (otherRoles, otherId) => clientOn(tenant, app, otherRoles, otherId),
  };
}
