import { graphAppRoles } from "../data/graph-app-roles.generated";
import type { Application, AppRole, PasswordCredential, ServicePrincipal } from "../model";
import { daysAgo, type SeedContext } from "./context";
import type { SeededGroups } from "./groups";
import { sample } from "./memberships";
import { departments, projects } from "./names";
import type { Random } from "./random";
import type { SeededUsers } from "./users";

const fewest = 6;
const most = 2_000;
const usersPerApplication = 200;
const usersPerIdentity = 500;
const graphAppId = "00000003-0000-0000-c000-000000000000";
/** The role that stands for access without any role. */
const defaultAccess = "00000000-0000-0000-0000-000000000000";
/** A tenant that publishes applications to others. */
const publisher = "9f1d3c66-52d0-4a0c-8a3b-1f2a7c1be001";
/** Too much for what they do: applications by number, and a permission of each that a review should find. */
const powerfulPermissions: Readonly<Record<number, string>> = {
  1: "RoleManagement.ReadWrite.Directory",
  2: "Mail.ReadWrite",
  4: "Directory.ReadWrite.All",
};
const readPermissions = new Set([
  "User.Read.All",
  "Group.Read.All",
  "Directory.Read.All",
  "AuditLog.Read.All",
]);

/** Makes enterprise applications with owners, credentials, assignments and grants, and managed identities. */
export async function seedApplications(
  context: SeedContext,
  users: SeededUsers,
  groups: SeededGroups,
): Promise<void> {
  if (users.members.length === 0) return;
  const random = context.random("applications");
  const count = Math.min(most, fewest + Math.floor(users.members.length / usersPerApplication));
  for (let number = 0; number < count; number += 1) {
    const principal = seedApplication(context, random, number, users);
    assign(context, random, principal, users, groups);
    grant(context, random, principal, users);
    if (number % 3 === 0) consent(context, random, principal.id);
    const powerful = powerfulPermissions[number];
    if (powerful !== undefined) grantRole(context, random, principal.id, powerful);
    await context.breathe();
  }
  for (let number = 0; number < 3 + Math.floor(users.members.length / usersPerIdentity); number += 1) {
    seedIdentity(context, random, number);
  }
}

/** Two of three are the tenant's own; the others have only a principal here. */
function seedApplication(
  context: SeedContext,
  random: Random,
  number: number,
  users: SeededUsers,
): ServicePrincipal {
  const displayName = `${random.pick(projects)} ${random.pick(departments)} ${number}`;
  const [appId, objectId, principalId] = [random.guid(), random.guid(), random.guid()];
  const createdDateTime = daysAgo(context, 10 + random.below(1_200), random);
  const owners = random.chance(0.6) ? [random.pick(users.members)] : [];
  const appRoles = number % 2 === 0 ? ["Reader", "Contributor"].map((value) => appRole(random, value)) : [];
  const own = number % 3 !== 2;
  if (own) {
    context.directory.applications.put({
      id: objectId,
      appId,
      displayName,
      owners,
      passwordCredentials: passwords(context, random, number),
      keyCredentials: [],
      properties: { createdDateTime, publisherDomain: context.settings.domain, appRoles },
    } satisfies Application);
  }
  return context.directory.servicePrincipals.put({
    id: principalId,
    appId,
    displayName,
    servicePrincipalType: "Application",
    accountEnabled: !random.chance(0.05),
    owners,
    appRoles,
    properties: {
      appOwnerOrganizationId: own ? context.settings.tenantId : publisher,
      createdDateTime,
      tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
    },
  });
}

const appRole = (random: Random, value: string): AppRole => ({
  id: random.guid(),
  value,
  displayName: value,
  description: `${value} of the application`,
  isEnabled: true,
  allowedMemberTypes: ["User"],
});

/** Some have expired, some soon will; nobody knows their texts. */
function passwords(context: SeedContext, random: Random, number: number): readonly PasswordCredential[] {
  return Array.from({ length: number % 3 }, (_, place) => ({
    keyId: random.guid(),
    displayName: place === 0 ? "deployment" : "previous",
    hint: random.guid().slice(0, 3),
    startDateTime: daysAgo(context, 400, random),
    endDateTime: daysAgo(context, place === 0 ? -random.below(300) : random.below(60), random),
    secretHash: `${random.guid()}${random.guid()}`.replaceAll("-", ""),
    addedAt: 0,
  }));
}

function assign(
  { directory, today }: SeedContext,
  random: Random,
  resource: ServicePrincipal,
  users: SeededUsers,
  { ids: groups }: SeededGroups,
): void {
  const put = (principalId: string, principalType: "User" | "Group"): void => {
    directory.appRoleAssignments.put({
      id: assignmentId(random),
      appRoleId: resource.appRoles[0]?.id ?? defaultAccess,
      principalId,
      principalType,
      resourceId: resource.id,
      createdDateTime: new Date(today).toISOString().replace(".000Z", "Z"),
    });
  };
  for (const id of sample(random, users.members, random.below(40))) put(id, "User");
  for (const id of sample(random, groups, random.below(3))) put(id, "Group");
}

const assignmentId = (random: Random): string =>
  Buffer.from(`${random.guid()}${random.guid()}`.replaceAll("-", ""), "hex").toString("base64url");

/** Delegated permissions: for everybody, or for a few who agreed themselves. */
function grant(
  { directory }: SeedContext,
  random: Random,
  client: ServicePrincipal,
  users: SeededUsers,
): void {
  const [graph] = directory.servicePrincipals.by("appId", graphAppId);
  if (graph === undefined) return;
  const everybody = random.chance(0.5);
  const people: readonly (string | null)[] = everybody
    ? [null]
    : sample(random, users.members, 1 + random.below(5));
  for (const principalId of people) {
    directory.permissionGrants.put({
      id: assignmentId(random),
      clientId: client.id,
      resourceId: graph.id,
      consentType: everybody ? "AllPrincipals" : "Principal",
      principalId,
      scope: "openid profile User.Read",
    });
  }
}

/** Application permissions that an administrator consented to. */
function consent(context: SeedContext, random: Random, principalId: string): void {
  const role = random.pick(graphAppRoles.filter(({ value }) => readPermissions.has(value)));
  grantRole(context, random, principalId, role.value);
}

function grantRole(
  { directory, today }: SeedContext,
  random: Random,
  principalId: string,
  value: string,
): void {
  const [graph] = directory.servicePrincipals.by("appId", graphAppId);
  const role = graphAppRoles.find((published) => published.value === value);
  if (graph === undefined || role === undefined) return;
  directory.appRoleAssignments.put({
    id: assignmentId(random),
    appRoleId: role.id,
    principalId,
    principalType: "ServicePrincipal",
    resourceId: graph.id,
    createdDateTime: new Date(today).toISOString().replace(".000Z", "Z"),
  });
}

function seedIdentity(context: SeedContext, random: Random, number: number): void {
  const displayName = `id-${random.pick(projects).toLowerCase()}-${number}`;
  const scope = `/subscriptions/${context.settings.subscriptionId}/resourcegroups/rg-seeded`;
  const assigned = number % 2 === 0;
  context.directory.servicePrincipals.put({
    id: random.guid(),
    appId: random.guid(),
    displayName,
    servicePrincipalType: "ManagedIdentity",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: {
      createdDateTime: daysAgo(context, random.below(600), random),
      alternativeNames: [
        `isExplicit=${assigned ? "True" : "False"}`,
        assigned
          ? `${scope}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${displayName}`
          : `${scope}/providers/Microsoft.Compute/virtualMachines/${displayName}`,
      ],
    },
  });
}
