/** The permissions of a manifest, checked against the tenant before anything is declared. */
import * as pulumi from "@pulumi/pulumi";
import { findApiPrincipal } from "../components/api-principals";
import type { ApiPermissionsArgs } from "../components/arguments";
import type { ConnectorManifest } from "../components/permissions/manifest";
import type { Tenant } from "./tenants";

/**
 * The permissions that a connector declares. Where they are granted, the service principal of each API is looked up and
 * the ids of the roles are compared.
 * @throws RunError naming every API that the tenant lacks or knows otherwise
 */
export async function checkedPermissions(
  { apis, consent }: ConnectorManifest,
  { provider }: Tenant,
): Promise<ApiPermissionsArgs[]> {
  const permissions = apis.map(({ resourceAppId, displayName, roles }) => ({
    resourceAppId,
    displayName,
    roles: roles.map(({ value, id }) => ({ value, id })),
  }));
  if (consent === "request") return permissions;
  const options = provider === undefined ? {} : { provider };
  const found = await Promise.allSettled(permissions.map((api) => findApiPrincipal(api, options)));
  const problems = found.flatMap((result) =>
    result.status === "rejected"
      ? [result.reason instanceof Error ? result.reason.message : String(result.reason)]
      : [],
  );
  if (problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  return permissions.map((api, index) => {
    const result = found[index];
    return result?.status === "fulfilled" ? { ...api, servicePrincipalId: result.value } : api;
  });
}
