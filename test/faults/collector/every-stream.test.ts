/** Every stream of the directory's state under faults: the ids of each record type are those that the tenant holds. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { StreamName } from "../../../components/collector/function/model/stream-names";
import { streams } from "../../../components/collector/function/streams";
import type { FaultRequest } from "../../../infra/local/tenant/core/faults";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { randomOf } from "../kills";
import { differences, groupsOf, type Keys, none, usersOf } from "./truth";
import { World } from "./world";

let world: World;

beforeAll(async () => {
  world = await World.make({
    users: 400,
    groups: 40,
    roles: [
      "Directory.Read.All",
      "RoleManagement.Read.Directory",
      "Policy.Read.All",
      "AuditLog.Read.All",
      "IdentityRiskyUser.Read.All",
      "IdentityRiskyServicePrincipal.Read.All",
      "Member.Read.Hidden",
    ],
  });
});
afterEach(() => world.admin("DELETE", "/faults"));
afterAll(() => world.end());

const directory = () => openDirectory(world.running.tenant.store);
const idsOf = (entities: { values(): Iterable<{ readonly id: string }> }) =>
  new Set([...entities.values()].map(({ id }) => id));
const ownersOf = (entities: {
  values(): Iterable<{ readonly id: string; readonly owners: readonly string[] }>;
}) => new Set([...entities.values()].flatMap(({ id, owners }) => owners.map((owner) => `${id}/${owner}`)));

/** Past every API. Definitions of roles are built in: there they are compared with what nobody disturbed. */
const truths: Readonly<Partial<Record<StreamName, () => Keys>>> = {
  users: () => usersOf(world.running),
  groups: () => groupsOf(world.running),
  applications: () => ({
    application: idsOf(directory().applications),
    applicationOwner: ownersOf(directory().applications),
  }),
  "service-principals": () => ({
    servicePrincipal: idsOf(directory().servicePrincipals),
    servicePrincipalOwner: ownersOf(directory().servicePrincipals),
  }),
  "app-role-assignments": () => ({ appRoleAssignment: idsOf(directory().appRoleAssignments) }),
  "delegated-grants": () => ({ delegatedGrant: idsOf(directory().permissionGrants) }),
  "directory-roles": () => ({
    roleAssignment: idsOf(directory().directoryRoleAssignments),
    roleEligibility: idsOf(directory().roleEligibilities),
  }),
  "administrative-units": () => {
    const { administrativeUnits, memberships } = directory();
    const members = [...administrativeUnits.values()].flatMap(({ id }) =>
      memberships.by("containerId", id).map(({ memberId }) => `${id}/${memberId}`),
    );
    return { administrativeUnit: idsOf(administrativeUnits), administrativeUnitMember: new Set(members) };
  },
  devices: () => ({ device: idsOf(directory().devices), deviceOwner: ownersOf(directory().devices) }),
  "risky-users": () => ({ riskyUser: idsOf(directory().riskyUsers) }),
  "risky-service-principals": () => ({ riskyServicePrincipal: idsOf(directory().riskyServicePrincipals) }),
  licenses: () => ({ subscribedSku: idsOf(directory().subscribedSkus) }),
  domains: () => ({ domain: idsOf(directory().domains) }),
  organization: () => ({ organization: idsOf(directory().organizations) }),
  policies: () => {
    const ofKind = (kind: string) =>
      new Set(
        directory()
          .policies.by("kind", kind)
          .map(({ id }) => id),
      );
    return {
      authorizationPolicy: ofKind("authorizationPolicy"),
      securityDefaultsPolicy: ofKind("identitySecurityDefaultsEnforcementPolicy"),
      conditionalAccessPolicy: ofKind("conditionalAccessPolicies"),
    };
  },
  "registration-details": () => ({ userRegistrationDetails: idsOf(directory().users) }),
};
const names = Object.keys(truths) as StreamName[];

const passing: readonly Partial<FaultRequest>[] = [
  { status: 429, retryAfter: "3", remaining: 3 },
  { status: 429, remaining: 3 },
  { status: 503, retryAfter: "1", remaining: 3 },
  { status: 500, remaining: 2 },
  { drop: true, remaining: 2 },
  { reply: "reset", remaining: 2 },
  { reply: "truncated", remaining: 2 },
  { reply: "malformed", remaining: 1 },
  { reply: "error-in-200", remaining: 1 },
  { reply: "duplicate-page", remaining: 1 },
  { reply: "short-page", remaining: 2 },
  { reply: "empty-page", remaining: 1 },
  { status: 401, code: "InvalidAuthenticationToken", message: "The token is expired.", remaining: 1 },
];

it("there is a truth for every stream that is not of events", () => {
  const ofState = Object.entries(streams).filter(([, { records }]) => !records.some(({ event }) => event));
  expect([...names].sort()).toEqual(ofState.map(([name]) => name).sort());
});

describe.each(names)("%s", (name) => {
  it.each([1, 2, 3])("is whole and holds nothing else, faults of seed %i", async (seed) => {
    const random = randomOf(1_000 * seed + names.indexOf(name));
    const { store } = world.newStore();
    for (let count = 0; count < 4; count += 1) {
      const fault = passing[Math.floor(random() * passing.length)];
      await world.admin("POST", "/faults", {
        service: "graph",
        skip: Math.floor(random() * 6),
        ...fault,
      });
    }
    expect((await world.run(name, store)).state).toBe("connected");
    const { roleDefinition, ...collected } = await world.collected(name, store);
    const truth = truths[name]?.() ?? {};
    for (const [type, ids] of Object.entries(truth)) expect(ids.size, `planted: ${type}`).toBeGreaterThan(0);
    expect(differences(collected, truth)).toEqual(none);
    if (name === "directory-roles") {
      await world.admin("DELETE", "/faults");
      const quiet = world.newStore().store;
      await world.run(name, quiet);
      expect(roleDefinition).toEqual((await world.collected(name, quiet)).roleDefinition);
    }
  });
});
