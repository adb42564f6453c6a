import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilities, findCapability } from "../../../components/permissions/capabilities";
import { apis } from "../../../components/permissions/catalogue/apis";
import type { RoleRow } from "../../../components/permissions/catalogue/role";
import type { ConnectorManifest } from "../../../components/permissions/manifest";
import { plan, planConnector } from "../../../components/permissions/plan";
import type { Acknowledgement, ConnectorSettings } from "../../../components/permissions/settings";
import { profileIds } from "../../../components/profiles";
import { connector } from "./connector";
import { tenantAllows } from "./tenant-table";

const graph = "00000003-0000-0000-c000-000000000000";

function rolesOf(manifest: ConnectorManifest, resourceAppId = graph): readonly string[] {
  return (
    manifest.apis.find((api) => api.resourceAppId === resourceAppId)?.roles.map(({ value }) => value) ?? []
  );
}

function idOf(resourceAppId: string, value: string): string | undefined {
  const api = Object.values(apis).find((one) => one.resourceAppId === resourceAppId);
  const rows: readonly RoleRow[] = api?.rows ?? [];
  return rows.find((row) => row[0] === value)?.[1];
}

function graphCallsOf(manifest: ConnectorManifest) {
  return manifest.capabilities
    .flatMap((id) => findCapability(id)?.calls ?? [])
    .filter(({ api }) => api === "graph");
}

const identityManager = {
  name: "Identity Manager",
  slug: "identity-manager",
  profile: "netwrix-identity-manager",
};

describe("minimal sets", () => {
  test("Identity Manager, read-only", () => {
    const manifest = planConnector(connector(identityManager), []);
    expect(rolesOf(manifest)).toEqual([
      "Application.Read.All",
      "GroupMember.Read.All",
      "RoleManagement.Read.Directory",
      "User.Read.All",
    ]);
    expect(manifest.needsAcknowledgement).toEqual([]);
  });

  test("Identity Manager, read-write: what the writes cover is not asked for, and is said", () => {
    const manifest = planConnector(connector({ ...identityManager, access: "read-write" }), []);
    expect(rolesOf(manifest)).toEqual([
      "Application.Read.All",
      "Group.ReadWrite.All",
      "RoleManagement.Read.Directory",
      "User.ReadWrite.All",
    ]);
    expect(manifest.covered.map(({ value, by }) => ({ value, by }))).toEqual([
      { value: "GroupMember.Read.All", by: ["Group.ReadWrite.All"] },
      { value: "User.Read.All", by: ["User.ReadWrite.All"] },
    ]);
    const users = manifest.apis[0]?.roles.find(({ value }) => value === "User.ReadWrite.All");
    expect(users?.because).toEqual([
      "Create, update and delete users (access: read-write)",
      "covers User.Read.All: Read users (access: read-write)",
    ]);
  });

  test("ConductorOne, sync", () => {
    expect(rolesOf(planConnector(connector(), []))).toEqual([
      "Application.Read.All",
      "AuditLog.Read.All",
      "GroupMember.Read.All",
      "LicenseAssignment.Read.All",
      "RoleManagement.Read.Directory",
      "User.Read.All",
    ]);
  });

  test("ConductorOne, sync and provision with Exchange groups", () => {
    const options = { provision: ["accounts", "groups"], exchangeGroups: true };
    const manifest = planConnector(connector({ access: "read-write", options }), []);
    expect(rolesOf(manifest)).toContain("GroupMember.ReadWrite.All");
    expect(rolesOf(manifest)).toContain("User.Create");
    expect(rolesOf(manifest)).not.toContain("AppRoleAssignment.ReadWrite.All");
    expect(rolesOf(manifest, "00000002-0000-0ff1-ce00-000000000000")).toEqual(["Exchange.ManageAsApp"]);
    expect(manifest.directoryRoles).toMatchObject([
      {
        displayName: "Exchange Administrator",
        templateId: "29232cdf-9323-42fd-ade2-1d097af3e4de",
        tier: "T1",
      },
    ]);
    expect(manifest.needsAcknowledgement).toMatchObject([
      { rule: "privileged-directory-role", finding: "Exchange Administrator", acknowledged: false },
    ]);
  });

  test.each(["gcchigh", "dod"])("in %s Exchange administration is asked for on both APIs", (cloud) => {
    const options = { provision: [], exchangeGroups: true };
    const manifest = planConnector(connector({ cloud, access: "read-write", options }), []);
    expect(rolesOf(manifest, "00000007-0000-0ff1-ce00-000000000000")).toEqual(["Exchange.ManageAsApp"]);
  });

  test("the permissions that lead to Global Administrator come with their own resource kind only", () => {
    const only = (...provision: string[]) =>
      planConnector(connector({ access: "read-write", options: { provision } }), []).needsAcknowledgement.map(
        ({ rule, finding, setting }) => [rule, finding, setting],
      );
    expect(only("accounts", "groups", "groupOwners", "licenses")).toEqual([]);
    expect(only("enterpriseApplications")).toEqual([
      ["tier0-app-role", "AppRoleAssignment.ReadWrite.All", "provision"],
    ]);
    expect(only("directoryRoles")).toEqual([
      ["tier0-app-role", "RoleManagement.ReadWrite.Directory", "provision"],
    ]);
  });
});

const provisionKinds = [
  "accounts",
  "groups",
  "groupOwners",
  "enterpriseApplications",
  "directoryRoles",
  "licenses",
];

const anyConnector: fc.Arbitrary<ConnectorSettings> = fc
  .record({
    profile: fc.constantFrom(...profileIds),
    access: fc.constantFrom("read-only", "read-write"),
    cloud: fc.constantFrom("global", "gcc", "gcchigh", "dod", "china21vianet"),
    options: fc.record({
      ...toggles("exchangeGroups", "deprovisionPrivilegedUsers", "signInActivity", "scimProvisioning"),
      ...toggles(
        "resourceChangedEvents",
        "activity",
        "state",
        "unifiedAuditLogCheck",
        "nonOwnerMailboxAudit",
      ),
      ...toggles("riskyUsers", "devices", "administrativeUnits"),
      logons: fc.record(toggles("failed", "successful")),
      excludedServiceAccountGroups: fc.subarray(["Service accounts"]),
      provision: fc.subarray(provisionKinds),
      exchangeRole: fc.constantFrom("exchange-administrator", "recipient-administrator"),
      collect: fc.subarray(["users", "signInActivity", "policies", "exchangeActivity", "riskyUsers"], {
        minLength: 1,
      }),
      capabilities: fc.subarray(
        capabilities.map(({ id }) => id),
        { minLength: 1 },
      ),
    }),
  })
  .map((changes) => connector(changes as Partial<ConnectorSettings>));

function toggles<Name extends string>(...names: Name[]): Record<Name, fc.Arbitrary<boolean>> {
  return Object.fromEntries(names.map((name) => [name, fc.boolean()])) as Record<Name, fc.Arbitrary<boolean>>;
}

describe("whatever the settings", () => {
  test("the set suffices for every call, and no role of it can be dropped", () => {
    fc.assert(
      fc.property(anyConnector, (settings) => {
        const manifest = planConnector(settings, []);
        const roles = rolesOf(manifest);
        const calls = graphCallsOf(manifest);
        expect(calls.filter((call) => !tenantAllows(roles, call))).toEqual([]);
        for (const role of roles) {
          const rest = roles.filter((other) => other !== role);
          expect(
            calls.every((call) => tenantAllows(rest, call)),
            role,
          ).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a read-only set holds nothing that writes; Exchange administration only with Global Reader", () => {
    const readOnly = anyConnector.filter(({ profile }) => profile !== "custom");
    fc.assert(
      fc.property(readOnly, (settings) => {
        const manifest = planConnector({ ...settings, access: "read-only" }, []);
        const writing = manifest.apis.flatMap(({ roles }) => roles.filter(({ tier }) => tier !== "T2"));
        const exchange = writing.length > 0;
        expect(new Set(writing.map(({ value }) => value))).toEqual(
          new Set(exchange ? ["Exchange.ManageAsApp"] : []),
        );
        expect(rolesOf(manifest).filter((value) => !/\.Read\.(All|Directory)$/.test(value))).toEqual([]);
        expect(manifest.directoryRoles.map(({ displayName }) => displayName)).toEqual(
          exchange ? ["Global Reader"] : [],
        );
      }),
      { numRuns: 300 },
    );
  });

  test("ids are the catalogue's, and every role has a reason", () => {
    fc.assert(
      fc.property(anyConnector, (settings) => {
        for (const { resourceAppId, roles } of planConnector(settings, []).apis) {
          for (const { value, id, because } of roles) {
            expect(because.length, value).toBeGreaterThan(0);
            expect(id).toBe(idOf(resourceAppId, value));
          }
        }
      }),
    );
  });

  test("the order of entries and of lists makes no difference", () => {
    fc.assert(
      fc.property(fc.array(anyConnector, { maxLength: 4 }), (entries) => {
        const named = entries.map((entry, index) => ({ ...entry, name: `Entry ${index}` }));
        const forward = plan({ connectors: named, acknowledgements: [] });
        const backward = plan({ connectors: [...named].reverse(), acknowledgements: [] });
        expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
      }),
      { numRuns: 50 },
    );
  });
});

describe("documented sets", () => {
  test("Identity Manager: the guide's one permission, with its fault", () => {
    const readWrite = planConnector(
      connector({ ...identityManager, access: "read-write", permissions: "documented" }),
      [],
    );
    expect(rolesOf(readWrite)).toEqual(["Directory.ReadWrite.All"]);
    expect(readWrite.apis[0]?.roles[0]?.because.join(" ")).toMatch(
      /insufficient: .*neither users nor groups/,
    );
    const readOnly = planConnector(connector({ ...identityManager, permissions: "documented" }), []);
    expect(rolesOf(readOnly)).toEqual(["Directory.Read.All"]);
  });

  test("ConductorOne: 16 permissions to sync, 19 to provision, the Exchange part where it is on", () => {
    expect(rolesOf(planConnector(connector({ permissions: "documented" }), []))).toHaveLength(16);
    const options = { exchangeGroups: true, deprovisionPrivilegedUsers: true };
    const manifest = planConnector(
      connector({ access: "read-write", permissions: "documented", options }),
      [],
    );
    expect(rolesOf(manifest)).toHaveLength(19);
    expect(rolesOf(manifest, "00000002-0000-0ff1-ce00-000000000000")).toEqual(["Exchange.ManageAsApp"]);
    expect(manifest.directoryRoles.map(({ displayName }) => displayName)).toEqual([
      "Exchange Administrator",
      "Privileged Authentication Administrator",
    ]);
  });
});

describe("acknowledgements", () => {
  const settings = connector({
    access: "read-write",
    options: { provision: ["directoryRoles"], exchangeGroups: true },
  });
  const acknowledgement: Acknowledgement = {
    rule: "privileged-directory-role",
    connector: "ConductorOne",
    reason: "Membership of distribution lists is granted here.",
    owner: "identity-security",
    expires: "2027-01-01",
  };
  const acknowledged = (...list: Acknowledgement[]) =>
    planConnector(settings, list)
      .needsAcknowledgement.filter((need) => need.acknowledged)
      .map(({ finding }) => finding);

  test("covers one finding, or every finding of its rule, on its own connector only", () => {
    expect(acknowledged(acknowledgement)).toEqual(["Exchange Administrator"]);
    expect(acknowledged({ ...acknowledgement, finding: "Exchange Administrator" })).toEqual([
      "Exchange Administrator",
    ]);
    expect(acknowledged({ ...acknowledgement, finding: "Global Administrator" })).toEqual([]);
    expect(acknowledged({ ...acknowledgement, connector: "Another" })).toEqual([]);
    expect(acknowledged({ ...acknowledgement, rule: "tier0-app-role" })).toEqual([
      "RoleManagement.ReadWrite.Directory",
    ]);
  });

  test("its reason justifies the directory role", () => {
    const [role] = planConnector(settings, [acknowledgement]).directoryRoles;
    expect(role?.justification).toBe("Membership of distribution lists is granted here.");
    expect(planConnector(settings, []).directoryRoles[0]).not.toHaveProperty("justification");
  });

  test.each([
    ["clientSecret", 180, 0],
    ["clientSecret", 181, 1],
    ["certificate", 365, 0],
    ["certificate", 366, 1],
  ] as const)("a %s of %i days needs %i", (kind, lifetimeDays, needs) => {
    const credentials = [{ kind, lifetimeDays, overlapDays: 30, anchor: "2026-01-01T00:00:00.000Z" }];
    expect(planConnector(connector({ credentials }), []).needsAcknowledgement).toHaveLength(needs);
  });
});

test("a vendor's certificate is named by its thumbprint; the certificate itself stays out of the manifest", () => {
  const credentials = [
    {
      kind: "vendorCertificate",
      file: "vendor.cer",
      thumbprint: "AB",
      notBefore: "2026-01-01T00:00:00.000Z",
      notAfter: "2028-01-01T00:00:00.000Z",
      certificatePem: "-----BEGIN CERTIFICATE-----",
    } as const,
  ];
  const manifest = planConnector(connector({ credentials }), []);
  expect(JSON.stringify(manifest)).not.toContain("BEGIN CERTIFICATE");
  expect(manifest.needsAcknowledgement).toMatchObject([
    { rule: "certificate-lifetime", finding: "730 days" },
  ]);
});
