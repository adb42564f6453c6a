import type { Client } from "@microsoft/microsoft-graph-client";
import type {
  DelegatedGrant,
  HeldDirectoryRole,
  HeldRole,
  PrincipalPart,
  Registration,
} from "../../../components/permissions/audit/registration";
import { directoryRoles as builtIn } from "../../../components/permissions/catalogue/directory-roles.generated";
import { assignmentAnswer, grantAnswer, type PrincipalAnswer, roleAssignmentAnswer } from "./answers";
import { type ApiNames, namedRole } from "./api-names";
import { equals, readAll, readAllowed } from "./graph-reader";

/** What the tenant granted to an enterprise application, and what of it the auditor may not read. */
export async function readPrincipal(
  client: Client,
  principal: PrincipalAnswer,
  names: ApiNames,
): Promise<{ readonly part: PrincipalPart; readonly notRead: Registration["notRead"] }> {
  const [grantedRoles, delegated, directoryRoles] = await Promise.all([
    readGrantedRoles(client, principal.id, names),
    readDelegated(client, principal.id, names),
    readDirectoryRoles(client, principal.id),
  ]);
  return {
    part: {
      objectId: principal.id,
      enabled: principal.accountEnabled !== false,
      grantedRoles,
      delegated,
      directoryRoles,
    },
    notRead: [
      ...(delegated === undefined
        ? [{ what: "delegated permissions granted", needs: "Directory.Read.All" }]
        : []),
      ...(directoryRoles === undefined
        ? [{ what: "directory roles", needs: "RoleManagement.Read.Directory" }]
        : []),
    ],
  };
}

async function readGrantedRoles(client: Client, id: string, names: ApiNames): Promise<readonly HeldRole[]> {
  const assignments = await readAll(client, `/servicePrincipals/${id}/appRoleAssignments`, assignmentAnswer);
  const roles = assignments.map(async ({ appRoleId, resourceId }) => {
    const api = await names.ofPrincipal(resourceId);
    return namedRole(api?.appId ?? resourceId, appRoleId, api);
  });
  return (await Promise.all(roles)).sort((a, b) => (`${a.api} ${a.value}` < `${b.api} ${b.value}` ? -1 : 1));
}

async function readDelegated(
  client: Client,
  id: string,
  names: ApiNames,
): Promise<readonly DelegatedGrant[] | undefined> {
  const grants = await readAllowed(client, `/servicePrincipals/${id}/oauth2PermissionGrants`, grantAnswer);
  return (
    grants &&
    Promise.all(
      grants.map(async ({ resourceId, consentType, scope }) => ({
        api: (await names.ofPrincipal(resourceId))?.displayName ?? resourceId,
        scopes: (scope ?? "").split(" ").filter((one) => one !== ""),
        everybody: consentType === "AllPrincipals",
      })),
    )
  );
}

async function readDirectoryRoles(
  client: Client,
  id: string,
): Promise<readonly HeldDirectoryRole[] | undefined> {
  const path = `/roleManagement/directory/roleAssignments?${equals("principalId", id)}`;
  const assignments = await readAllowed(client, path, roleAssignmentAnswer);
  return assignments?.map(({ roleDefinitionId, directoryScopeId }) => ({
    templateId: roleDefinitionId,
    displayName: builtIn.find(([, templateId]) => templateId === roleDefinitionId)?.[0],
    scope: directoryScopeId ?? "/",
  }));
}
