import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findDirectoryRole } from "../../../components/permissions/catalogue/directory-role";
import { lockText } from "../../../components/permissions/lock/canonical";
import {
  type ConnectorLock,
  formatVersion,
  type Lock,
  schemaReference,
} from "../../../components/permissions/lock/schema";
import { collectorRoles } from "../../../components/permissions/planning/collector-roles";
import { tierOf } from "../../../components/permissions/tiers/tier";
import type { StackResource } from "../../../policies/harness/stack";
import { types } from "../../../policies/harness/types";
import { judge } from "./cases/case";
import { type ConnectorParts, connector, deployer, type Role, resource, roleId, unknown } from "./resources";

const readUsers: Role = ["graph", "User.Read.All"];
const readGroups: Role = ["graph", "GroupMember.Read.All"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entra-connectors-locks-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The lock of the connector that `connector()` declares, with changes. */
function lockOf(changes: Partial<ConnectorLock> = {}): ConnectorLock {
  return {
    name: "Sync",
    profile: "conductorone",
    tenantId: "contoso.example",
    cloud: "global",
    access: "read-write",
    permissions: "minimal",
    consent: "grant",
    appRoles: [line(readUsers)],
    directoryRoles: [],
    credentials: [
      { kind: "clientSecret", lifetimeDays: 180, overlapDays: 30, anchor: "2026-09-01T00:00:00.000Z" },
    ],
    covered: [],
    capabilities: ["users.read"],
    acknowledgements: [],
    ...changes,
  };
}

function line([api, role]: Role): ConnectorLock["appRoles"][number] {
  return {
    api: "Microsoft Graph",
    role,
    id: roleId([api, role]),
    tier: tierOf(api, role).tier,
    because: ["a test"],
  };
}

function write(...connectors: readonly ConnectorLock[]): void {
  writeLock(connectors, []);
}

function writeLock(
  connectors: readonly ConnectorLock[],
  azureRoleAssignments: Lock["azureRoleAssignments"],
): void {
  const lock = { $schema: schemaReference, formatVersion, azureRoleAssignments, connectors } as const;
  writeFileSync(join(folder, "dev.json"), lockText(lock));
}

function culprits(resources: readonly StackResource[], lockDirectory = folder): readonly string[] | string {
  const outcome = judge("locked-permissions", { resources, config: { lockDirectory } });
  return outcome.kind === "non-compliant" ? outcome.findings.map(({ culprit }) => culprit) : outcome.kind;
}

describe("locked-permissions", () => {
  it("accepts a stack that is as its lock file", () => {
    write(lockOf());
    expect(culprits(connector())).toBe("compliant");
  });

  const surplus: Readonly<Record<string, [ConnectorParts, readonly string[]]>> = {
    "a permission": [{ asks: [readUsers, readGroups] }, ["GroupMember.Read.All (Microsoft Graph)"]],
    "a directory role": [
      { directoryRoles: ["Global Reader"] },
      [findDirectoryRole("Global Reader").templateId],
    ],
    "a capability": [{ manifest: { capabilities: ["users.read", "groups.read"] } }, ["capabilities"]],
    "another access": [{ manifest: { access: "read-only" } }, ["access"]],
    "another consent": [{ manifest: { consent: "request" } }, ["consent"]],
    "a longer secret": [
      {
        manifest: {
          credentials: [
            { kind: "clientSecret", lifetimeDays: 365, overlapDays: 30, anchor: "2026-09-01T00:00:00.000Z" },
          ],
        },
      },
      ["credentials"],
    ],
    "another tenant": [{ manifest: { tenantId: "fabrikam.example" } }, ["tenantId"]],
  };
  it.each(Object.entries(surplus))("refuses what the stack has beyond it: %s", (_, [parts, expected]) => {
    write(lockOf());
    expect(culprits(connector(parts))).toEqual(expected);
  });

  const missing: Readonly<Record<string, [Partial<ConnectorLock>, readonly string[]]>> = {
    "a permission": [
      { appRoles: [line(readGroups), line(readUsers)] },
      ["GroupMember.Read.All (Microsoft Graph)"],
    ],
    "a directory role": [
      {
        directoryRoles: [
          {
            role: "Global Reader",
            templateId: findDirectoryRole("Global Reader").templateId,
            tier: "T2",
            because: ["a test"],
          },
        ],
      },
      ["Global Reader"],
    ],
    "a credential": [
      {
        credentials: [...lockOf().credentials, { kind: "federated", audience: "api://AzureADTokenExchange" }],
      },
      ["federated", "credentials"],
    ],
  };
  it.each(Object.entries(missing))("refuses what the stack lacks: %s", (_, [changes, expected]) => {
    write(lockOf(changes));
    expect(culprits(connector())).toEqual(expected);
  });

  it("refuses a connector that is in only one of them", () => {
    write(lockOf());
    expect(culprits([...connector(), ...connector({ slug: "other", name: "Other" })])).toEqual(["Other"]);
    write(lockOf(), lockOf({ name: "Other" }));
    expect(culprits(connector())).toEqual(["Other"]);
  });

  it("refuses a grant that is declared outside of the connector's component", () => {
    write(lockOf());
    const foreign = resource(types.appRoleAssignment, { appRoleId: roleId(readGroups) }, { name: "by-hand" });
    expect(culprits([...connector(), foreign])).toEqual(["by-hand"]);
  });

  it("finds another credential among the resources although the manifest is silent", () => {
    write(lockOf());
    const parts = connector();
    const [root] = parts;
    const trust = resource(
      types.federatedCredential,
      { subject: unknown },
      { name: "trust", parent: root!.urn },
    );
    expect(culprits([...parts, trust])).toEqual(["federated"]);
  });

  const broken: Readonly<Record<string, [string | undefined, RegExp]>> = {
    missing: [undefined, /is missing/],
    "with conflict markers": ["<<<<<<< ours\n", /has merge conflict markers/],
    "of a later format": [JSON.stringify({ formatVersion: 99 }), /has format version 99/],
    "edited by hand": [`${JSON.stringify({ formatVersion: 1 })}\n`, /was edited by hand/],
    "no JSON": ["permissions: all", /is not JSON/],
  };
  it.each(Object.entries(broken))("names what is wrong with a lock file that is %s", (_, [text, message]) => {
    if (text !== undefined) writeFileSync(join(folder, "dev.json"), text);
    const outcome = judge("locked-permissions", {
      resources: connector(),
      config: { lockDirectory: folder },
    });
    expect(outcome).toMatchObject({
      kind: "non-compliant",
      findings: [{ culprit: "dev.json", message: expect.stringMatching(message) }],
    });
  });

  it("holds a connector to its own manifest where there is no folder of lock files", () => {
    const nowhere = join(folder, "none");
    expect(culprits(connector(), nowhere)).toBe("compliant");
    expect(culprits(connector({ application: { requiredResourceAccesses: [] } }), nowhere)).toEqual([
      "User.Read.All (Microsoft Graph)",
    ]);
  });

  it("is not applicable, and says why, where a published pack sees neither lock file nor manifest", () => {
    const outcome = judge("locked-permissions", {
      resources: connector({ manifest: null }),
      config: { lockDirectory: join(folder, "none") },
    });
    expect(outcome).toMatchObject({
      kind: "not-applicable",
      reason: expect.stringContaining("Pulumi Cloud"),
    });
  });

  it("fails in a checkout that has neither", () => {
    const before = process.cwd();
    writeFileSync(join(folder, "pack.ts"), "");
    process.chdir(folder);
    try {
      expect(culprits(connector({ manifest: null }), "none")).toEqual(["sync"]);
    } finally {
      process.chdir(before);
    }
  });

  it("does not pass what it can't know", () => {
    write(lockOf());
    expect(culprits(connector({ application: { requiredResourceAccesses: unknown } }))).toEqual([
      "requiredResourceAccesses unknown",
    ]);
  });

  it("has nothing to say about a stack without a connector", () => {
    expect(culprits([resource(types.vault, {})])).toBe("not-applicable");
  });
});

describe("locked-permissions on Azure roles", () => {
  const blobs = collectorRoles.blobs;
  const reviewed = {
    role: blobs.name,
    id: blobs.id,
    scope: "storage account of the collector app",
    tier: "T2",
    because: ["a test"],
  } as const;
  const app = resource(types.collectorFunction, {}, { name: "collector" });
  const account = resource(types.storageAccount, {}, { name: "account", parent: app.urn });
  const vault = resource(types.vault, {}, { name: "vault" });
  const identity = resource(types.userAssignedIdentity, {}, { name: "identity" });

  function assignment(
    role: { readonly id: string },
    target: StackResource,
    { name = "collector-blobs", parent = app.urn as string | null } = {},
  ): StackResource {
    return resource(
      types.roleAssignment,
      {
        roleDefinitionId: `/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/${role.id}`,
        scope: unknown,
        principalId: unknown,
      },
      {
        name,
        ...(parent === null ? {} : { parent }),
        sources: { scope: [target.urn], principalId: [identity.urn] },
      },
    );
  }
  const stackWith = (...more: readonly StackResource[]) => [
    ...connector(),
    app,
    account,
    vault,
    identity,
    ...more,
  ];

  it("accepts those of the lock file, in one or two slots of a certificate", () => {
    const signing = {
      role: "Key Vault Crypto User",
      id: collectorRoles.signing.id,
      scope: "key of the certificate of sync in the vault",
      tier: "T1",
      because: ["a test"],
    } as const;
    writeLock([lockOf()], [reviewed, signing]);
    const slot = (number: number) =>
      assignment(collectorRoles.signing, vault, { name: `collector-sync-slot-${number}-signing` });
    const stack = stackWith(assignment(blobs, account), slot(0));
    expect(culprits(stack)).toBe("compliant");
    expect(culprits([...stack, slot(1)])).toBe("compliant");
  });

  it("refuses another role, the same role elsewhere, and one that an identity gets beside its app", () => {
    writeLock([lockOf()], [reviewed]);
    const good = assignment(blobs, account);
    const others = [
      assignment(collectorRoles.queues, account, { name: "another-role" }),
      assignment(blobs, vault, { name: "elsewhere" }),
      assignment(blobs, account, { name: "by-hand", parent: null }),
    ];
    for (const other of others) expect(culprits(stackWith(good, other))).toEqual([other.name]);
  });

  it("refuses a role that the stack lacks", () => {
    writeLock([lockOf()], [reviewed]);
    expect(culprits(stackWith())).toEqual(["Storage Blob Data Owner"]);
  });

  it("leaves the roles of others alone", () => {
    writeLock([lockOf()], []);
    const reader = resource(types.roleAssignment, { principalId: deployer }, { name: "reader" });
    expect(culprits(stackWith(reader))).toBe("compliant");
  });
});
