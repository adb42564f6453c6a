import { z } from "zod";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";
import { type GraphServicePrincipal, parseServicePrincipal } from "./state";

const listed = z.object({ value: z.array(z.unknown()), "@odata.nextLink": z.string().optional() });

/** Thrown when a look-up does not find exactly one service principal. */
export class ServicePrincipalLookupError extends Error {
  override readonly name = "ServicePrincipalLookupError";
}

/** The service principal of a client id, undefined when there is none. */
export async function findByClientId(
  directory: Directory,
  clientId: string,
  limits: Limits,
): Promise<GraphServicePrincipal | undefined> {
  return only(await listWhere(directory, "appId", clientId, limits), `client id ${clientId}`);
}

/** The service principal of a display name, undefined when there is none. */
export async function findByDisplayName(
  directory: Directory,
  displayName: string,
  limits: Limits,
): Promise<GraphServicePrincipal | undefined> {
  return only(
    await listWhere(directory, "displayName", displayName, limits),
    `display name "${displayName}"`,
  );
}

/** All service principals of the tenant. */
export function listAll(directory: Directory, limits: Limits): Promise<GraphServicePrincipal[]> {
  return pages(directory, "/servicePrincipals", limits);
}

/** Where a service principal publishes its SAML metadata; empty when nowhere. */
export async function samlMetadataUrl(
  directory: Directory,
  objectId: string,
  limits: Limits,
): Promise<string> {
  const path = `/servicePrincipals/${objectId}?$select=samlMetadataUrl`;
  const { body } = await directory.beta.call("GET", path, limits);
  const parsed = z.object({ samlMetadataUrl: z.string().nullish() }).parse(body ?? {});
  return parsed.samlMetadataUrl ?? "";
}

function only(found: readonly GraphServicePrincipal[], what: string): GraphServicePrincipal | undefined {
  if (found.length <= 1) return found[0];
  throw new ServicePrincipalLookupError(
    `${found.length} service principals have the ${what}: look one up by object id.`,
  );
}

function listWhere(
  directory: Directory,
  property: string,
  value: string,
  limits: Limits,
): Promise<GraphServicePrincipal[]> {
  const filter = `${property} eq '${value.replaceAll("'", "''")}'`;
  return pages(directory, `/servicePrincipals?$filter=${encodeURIComponent(filter)}`, limits);
}

async function pages(directory: Directory, path: string, limits: Limits): Promise<GraphServicePrincipal[]> {
  const found: GraphServicePrincipal[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const page = listed.parse((await directory.v1.call("GET", next, limits)).body);
    found.push(...page.value.map(parseServicePrincipal));
    next = page["@odata.nextLink"];
  }
  return found;
}
