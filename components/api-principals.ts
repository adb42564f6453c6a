/** The service principals of Microsoft's APIs in a tenant, looked up: they are not ours to create, change or delete. */
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { ApiPermissionsArgs } from "./arguments";

/**
 * Object id of an API's service principal in the tenant, after a check that each role has the id there that the arguments
 * say.
 * @throws RunError naming the roles that differ, or the line that creates a missing service principal
 */
export async function findApiPrincipal(
  api: ApiPermissionsArgs,
  options: pulumi.InvokeOptions,
): Promise<string> {
  const principal = await azuread
    .getServicePrincipal({ clientId: api.resourceAppId }, options)
    .catch((failure: unknown) => {
      throw new pulumi.RunError(lookupProblem(api, failure));
    });
  const differences = roleDifferences(api, principal.appRoleIds);
  if (differences.length === 0) return principal.objectId;
  throw new pulumi.RunError(
    `${api.displayName} publishes other app roles in this tenant than this version knows: ${differences.join("; ")}. ` +
      "Nothing was granted for this API. Update entra-connectors, or check that the tenant belongs to the cloud in the settings.",
  );
}

function roleDifferences(
  api: ApiPermissionsArgs,
  published: Readonly<Record<string, string>>,
): readonly string[] {
  return api.roles
    .filter((role) => published[role.value] !== role.id)
    .map((role) =>
      published[role.value] === undefined
        ? `${role.value} is not among its app roles`
        : `${role.value} is ${published[role.value]}, not ${role.id}`,
    );
}

function lookupProblem(api: ApiPermissionsArgs, failure: unknown): string {
  const cause = failure instanceof Error ? failure.message : String(failure);
  if (!/no service principal|not found|could not find/i.test(cause)) {
    return `The service principal of ${api.displayName} (${api.resourceAppId}) could not be read: ${cause}`;
  }
  return (
    `The tenant has no service principal of ${api.displayName}, so its permissions can't be granted. ` +
    `Create it once, as an administrator:  az ad sp create --id ${api.resourceAppId}`
  );
}
