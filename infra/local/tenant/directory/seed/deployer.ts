import { createHash, randomBytes } from "node:crypto";
import { graphAppRoles } from "../data/graph-app-roles.generated";
import type { SeedContext } from "./context";

/** The application that runs `pulumi up` against the tenant. */
export interface Deployer {
  readonly clientId: string;
  /** Object id of its service principal. */
  readonly objectId: string;
  readonly secret: string;
}

/** The least that declaring connectors, their consent and their directory roles takes. */
const deployerRoles: ReadonlySet<string> = new Set([
  "Application.ReadWrite.OwnedBy",
  "Application.Read.All",
  "AppRoleAssignment.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
]);

const twoYears = 730 * 86_400_000;

/**
 * Makes the deployer's application and principal with its consented roles. Its ids follow from the tenant's, so that
 * another seed keeps them; its secret is random and is given back this once.
 */
export function seedDeployer(context: SeedContext, now: number): Deployer {
  const { directory, settings } = context;
  const random = context.random("deployer");
  const [applicationId, clientId, objectId] = [random.guid(), random.guid(), random.guid()];
  const secret = `${randomBytes(2).toString("hex")}8Q~${randomBytes(25).toString("base64url")}`.slice(0, 40);
  const displayName = "entra-connectors deployer";
  const instant = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z/, "Z");
  directory.applications.put({
    id: applicationId,
    appId: clientId,
    displayName,
    keyCredentials: [],
    passwordCredentials: [
      {
        keyId: random.guid(),
        displayName: "local tenant",
        hint: secret.slice(0, 3),
        startDateTime: instant(now),
        endDateTime: instant(now + twoYears),
        secretHash: createHash("sha256").update(secret).digest("hex"),
        // Issued when the tenant was set up: it has long reached every place.
        addedAt: 0,
      },
    ],
    owners: [],
    properties: { createdDateTime: instant(now), notes: "Runs the deployment of the connectors." },
  });
  directory.servicePrincipals.put({
    id: objectId,
    appId: clientId,
    displayName,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: { appOwnerOrganizationId: settings.tenantId, createdDateTime: instant(now) },
  });
  consent(context, objectId, instant(now));
  return { clientId, objectId, secret };
}

function consent({ directory, random }: SeedContext, principalId: string, createdDateTime: string): void {
  const [graph] = directory.servicePrincipals.by("appId", "00000003-0000-0000-c000-000000000000");
  if (graph === undefined)
    throw new Error("Seed the organization before the deployer: Microsoft Graph is missing.");
  for (const role of graphAppRoles.filter(({ value }) => deployerRoles.has(value))) {
    directory.appRoleAssignments.put({
      id: Buffer.from(random(`consent/${role.value}`).guid()).toString("base64url"),
      appRoleId: role.id,
      principalId,
      principalType: "ServicePrincipal",
      resourceId: graph.id,
      createdDateTime,
    });
  }
}
