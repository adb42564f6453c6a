import { createHash, randomUUID } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Collection, Entity, Store } from "../core/types";
import type { ServicePrincipal } from "../directory/model";
import { type Directory, openDirectory } from "../directory/open";
import { LoginError } from "./errors";
import { issueToken } from "./issue";
import type { IssuingTenant } from "./issuing-tenant";
import { resolveResource } from "./resource";

/** Managed identity tokens live a day. */
const tokenLifetime = 86_400;

/** A host (a function app) and the managed identities assigned to it. Its header is a secret: only the hash is kept. */
interface IdentityHost extends Entity {
  readonly principalIds: readonly string[];
}

/** Which managed identities a host may use, by the value of its `x-identity-header` (IDENTITY_HEADER). */
export class IdentityHosts {
  readonly #hosts: Collection<IdentityHost>;

  constructor(store: Store) {
    this.#hosts = store.collection<IdentityHost>("identityHosts");
  }

  /** Lets the host with that header use these principals and no others. */
  assign(header: string, principalIds: readonly string[]): void {
    this.#hosts.put({ id: hashOf(header), principalIds });
  }

  remove(header: string): boolean {
    return this.#hosts.delete(hashOf(header));
  }

  principalIds(header: string): readonly string[] | undefined {
    return this.#hosts.get(hashOf(header))?.principalIds;
  }
}

const querySchema = z.object({
  "api-version": z.literal("2019-08-01", { error: "api-version must be 2019-08-01." }),
  resource: z.string({ error: "resource is missing." }).min(1, "resource is empty."),
  client_id: z.string().optional(),
  principal_id: z.string().optional(),
  object_id: z.string().optional(),
  mi_res_id: z.string().optional(),
});

type IdentityQuery = z.output<typeof querySchema>;

/**
 * The managed identity endpoint of an App Service host (page "How to use managed identities for App Service and Azure
 * Functions", REST endpoint reference): IDENTITY_ENDPOINT is `{origin}/msi/token`. Paths are relative to `/msi`.
 */
export function createManagedIdentityApp(tenant: IssuingTenant): Hono {
  const directory = openDirectory(tenant.store);
  const hosts = new IdentityHosts(tenant.store);
  const app = new Hono();
  app.get("/token", (context) => answerToken(tenant, directory, hosts, context));
  app.onError((error, context) => {
    if (error instanceof LoginError) return refuse(context, 400, `AADSTS${error.code}: ${error.message}`);
    throw error;
  });
  return app;
}

async function answerToken(
  tenant: IssuingTenant,
  directory: Directory,
  hosts: IdentityHosts,
  context: Context,
): Promise<Response> {
  const principalIds = hosts.principalIds(context.req.header("x-identity-header") ?? "");
  if (principalIds === undefined)
    return refuse(context, 401, "The header x-identity-header is missing or wrong.");
  const query = querySchema.safeParse(context.req.query());
  if (!query.success) return refuse(context, 400, query.error.issues.map(({ message }) => message).join(" "));
  const identities = principalIds
    .flatMap((id) => directory.servicePrincipals.get(id) ?? [])
    .filter(isIdentity);
  const principal = choose(identities, query.data);
  if (principal === undefined) return refuse(context, 400, "Unable to load the proper Managed Identity.");
  const resource = resolveResource(tenant.settings, directory, query.data.resource);
  const issued = await issueToken(
    tenant,
    directory,
    { principal, proof: "assertion" },
    resource,
    tokenLifetime,
  );
  return context.json({
    access_token: issued.token,
    // By the machine's clock, not the tenant's: the client compares it with its own.
    expires_on: String(Math.floor(Date.now() / 1000) + issued.expiresIn),
    resource: query.data.resource,
    token_type: "Bearer",
    client_id: principal.appId,
  });
}

/** The identity that the query names; without a name, the system-assigned one. */
function choose(identities: readonly ServicePrincipal[], query: IdentityQuery): ServicePrincipal | undefined {
  const named = query.client_id ?? query.principal_id ?? query.object_id ?? query.mi_res_id;
  if (named === undefined)
    return identities.find((identity) => alternativeNames(identity).includes("isexplicit=false"));
  const wanted = named.toLowerCase();
  return identities.find((identity) => {
    if (query.client_id !== undefined) return identity.appId.toLowerCase() === wanted;
    if (query.mi_res_id !== undefined) return alternativeNames(identity).includes(wanted);
    return identity.id.toLowerCase() === wanted;
  });
}

function isIdentity(principal: ServicePrincipal): boolean {
  return principal.servicePrincipalType === "ManagedIdentity" && principal.accountEnabled;
}

/** A managed identity's principal carries `isExplicit=True|False` and its resource id. */
function alternativeNames(principal: ServicePrincipal): readonly string[] {
  const names = principal.properties.alternativeNames;
  return Array.isArray(names) ? names.map((name) => String(name).toLowerCase()) : [];
}

function refuse(context: Context, status: 400 | 401, message: string): Response {
  return context.json({ statusCode: status, message, correlationId: randomUUID() }, status);
}

function hashOf(header: string): string {
  return createHash("sha256").update(header).digest("hex");
}
