/** An application of the tenant under test, put there directly: what the components declare is not the subject here. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import type { RunningTenant } from "../../../infra/local/tenant/tenant";

/** A client that signs in with a secret and holds the permissions that were granted to it. */
export interface Registration {
  readonly clientId: string;
  readonly secret: string;
  /** Takes a granted permission away; tokens that were issued keep it until they end. */
  revoke(role: string): void;
  /** Replaces the secret: from now on only the new one signs in. */
  rotate(): string;
}

/** Microsoft Graph and the Office 365 Management APIs. */
const apis = ["00000003-0000-0000-c000-000000000000", "c5393580-f805-4401-95e8-94b7a6ef2fc2"];

/** Registers an application with these permissions, long replicated. */
export function register({ tenant }: RunningTenant, roles: readonly string[]): Registration {
  const directory = openDirectory(tenant.store);
  const [applicationId, clientId, principalId] = [randomUUID(), randomUUID(), randomUUID()];
  const created = new Date(tenant.clock.now() - 86_400_000).toISOString();
  const resources = apis.flatMap((appId) => directory.servicePrincipals.by("appId", appId));
  const setSecret = (): string => {
    const secret = randomBytes(30).toString("base64url");
    directory.applications.put({
      id: applicationId,
      appId: clientId,
      displayName: "Collector under test",
      keyCredentials: [],
      passwordCredentials: [
        {
          keyId: randomUUID(),
          displayName: "test",
          hint: secret.slice(0, 3),
          startDateTime: created,
          endDateTime: new Date(tenant.clock.now() + 365 * 86_400_000).toISOString(),
          secretHash: createHash("sha256").update(secret).digest("hex"),
          addedAt: 0,
        },
      ],
      owners: [],
      properties: { createdDateTime: created },
    });
    return secret;
  };
  const secret = setSecret();
  directory.servicePrincipals.put({
    id: principalId,
    appId: clientId,
    displayName: "Collector under test",
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: { appOwnerOrganizationId: tenant.settings.tenantId, createdDateTime: created },
  });
  const grants = new Map<string, string>();
  for (const value of roles) {
    const [found] = resources.flatMap(({ id: resourceId, appRoles }) =>
      appRoles.filter((one) => one.value === value).map((role) => ({ resourceId, role })),
    );
    if (found === undefined) throw new Error(`no API of the tenant has ${value}`);
    const { resourceId, role } = found;
    const id = randomUUID();
    grants.set(value, id);
    directory.appRoleAssignments.put({
      id,
      appRoleId: role.id,
      principalId,
      principalType: "ServicePrincipal",
      resourceId,
      createdDateTime: created,
    });
  }
  return {
    clientId,
    secret,
    rotate: setSecret,
    revoke: (role) => {
      const id = grants.get(role);
      if (id === undefined || !directory.appRoleAssignments.delete(id))
        throw new Error(`${role} was not granted`);
    },
  };
}
