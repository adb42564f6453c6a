import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { deployerNeeds } from "../../../components/permissions/deployer";
import { azureRoles } from "../../../components/permissions/deployer/azure-roles";
import type { ConnectorSettings, Settings } from "../../../components/permissions/settings";
import { projectRoot } from "../../../infra/local/paths";
import { builtInRoleNamed } from "../../../infra/local/tenant/arm/roles/built-in";
import { parseSettings, settingsFromStackFile } from "../../../infra/settings";
import { connector } from "../permissions/connector";

const azure = {
  tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
  location: "westeurope",
};
const exchange: Partial<ConnectorSettings> = {
  access: "read-write",
  options: { provision: ["groups"], exchangeGroups: true },
};
const certificate = {
  kind: "certificate",
  lifetimeDays: 365,
  overlapDays: 30,
  anchor: "2026-01-01T00:00:00.000Z",
};

function names(connectors: readonly Partial<ConnectorSettings>[], more: Partial<Settings> = {}) {
  const settings: Settings = {
    stack: "test",
    asOf: "2026-06-01T00:00:00.000Z",
    acknowledgements: [],
    warnings: [],
    ...more,
    connectors: connectors.map((changes) => connector(changes)),
  };
  const { tenants, azure: inAzure } = deployerNeeds(settings);
  return {
    graph: tenants.map(({ needs }) => needs.map(({ name }) => name)),
    azure: inAzure.map(({ name, scope }) => `${name} @ ${scope.split("/").at(-1)}`),
  };
}

const owned = ["Application.ReadWrite.OwnedBy", "Application.Read.All"];

test("consent and directory roles each bring their own path to Global Administrator, and nothing else does", () => {
  expect(names([{}]).graph).toEqual([[...owned, "AppRoleAssignment.ReadWrite.All"]]);
  expect(names([exchange]).graph).toEqual([
    [...owned, "AppRoleAssignment.ReadWrite.All", "RoleManagement.ReadWrite.Directory"],
  ]);
  expect(names([{ ...exchange, consent: "request" }]).graph).toEqual([owned]);
});

test("each tenant has its own list", () => {
  const other = "11111111-1111-4111-8111-111111111111";
  expect(names([{}, { name: "Other", tenantId: other, consent: "request" }]).graph).toEqual([
    [...owned, "AppRoleAssignment.ReadWrite.All"],
    owned,
  ]);
});

test("Azure roles follow the vault and what is kept in it", () => {
  const subscription = azure.subscriptionId;
  expect(names([{}]).azure).toEqual([]);
  expect(names([{}], { azure }).azure).toEqual([]);
  expect(names([{}], { azure, vault: { existing: false } }).azure).toEqual([
    `Contributor @ ${subscription}`,
    `Role Based Access Control Administrator @ ${subscription}`,
    `Key Vault Secrets Officer @ ${subscription}`,
  ]);
  const existing = { existing: true, name: "kv-shared", resourceGroup: "shared" };
  expect(names([{}], { azure, vault: existing }).azure).toEqual([
    "Key Vault Contributor @ kv-shared",
    "Key Vault Secrets Officer @ kv-shared",
  ]);
  const withCertificate = [{ credentials: [certificate] }] as Partial<ConnectorSettings>[];
  expect(names(withCertificate, { azure, vault: { existing: false } }).azure).toEqual([
    `Contributor @ ${subscription}`,
    `Role Based Access Control Administrator @ ${subscription}`,
    `Key Vault Certificates Officer @ ${subscription}`,
  ]);
  const federated = [
    { credentials: [{ kind: "federated", audience: "api://a" }] },
  ] as Partial<ConnectorSettings>[];
  expect(names(federated, { azure }).azure).toEqual([`Contributor @ ${subscription}`]);
});

test("a collector brings the roles that make it, assign its identities' roles and, with a lock, lock it", () => {
  const needs = (collector: object) => {
    const settings = parseSettings(
      {
        tenantId: azure.tenantId,
        azure,
        connectors: [{ profile: "collector", name: "Own" }],
        collector,
      },
      { stack: "test", now: new Date("2026-06-01"), fileReader: () => Buffer.from("") },
    );
    return deployerNeeds(settings).azure;
  };
  expect(needs({ codePush: "external" })).toMatchObject([
    {
      name: "Contributor",
      because: [
        "make the resource group",
        "make the collector app with identity, storage, plan, logs and alerts",
      ],
      droppedBy: "no collector",
    },
    {
      name: "Role Based Access Control Administrator",
      droppedBy: "no collector",
      narrower:
        "a condition that lets it assign Monitoring Metrics Publisher, Storage Blob Data Owner and Storage Queue Data Contributor only",
    },
  ]);
  const [contributor, , lock] = needs({ lock: true, network: {}, codePush: "up" });
  expect(contributor?.because).toEqual([
    "make the resource group",
    "make the collector app with identity, storage, plan, logs and alerts",
    "make the virtual network, its private endpoints and DNS zones",
    "push the code of the collector app",
  ]);
  expect(lock).toMatchObject({ name: "Locks Contributor", droppedBy: "collector.lock: false" });
});

test("every need says what for, and what drops it but for the two that nothing does", () => {
  const needs = devNeeds();
  for (const { because } of needs) expect(because.join("").length).toBeGreaterThan(10);
  expect(needs.filter(({ droppedBy }) => droppedBy === undefined).map(({ name }) => name)).toEqual(owned);
  const role = needs.find(({ name }) => name === "RoleManagement.ReadWrite.Directory");
  expect(role?.because).toEqual(["assign Exchange Administrator to ConductorOne"]);
  expect(role?.droppedBy).toContain("exchangeGroups off");
});

test("the README's table has each right of the dev stack, and no other Graph permission", () => {
  const rights = readFileSync(join(projectRoot(), "README.md"), "utf8")
    .split("\n")
    .flatMap((line) => /^\| (Microsoft Graph|Azure) `([^`]+)`/.exec(line)?.slice(1) ?? [])
    .filter((_, index) => index % 2 === 1);
  const needed = devNeeds().map(({ name }) => name);
  expect(rights).toEqual(expect.arrayContaining([...needed]));
  expect(rights.filter((right) => !needed.includes(right))).toEqual([
    "Key Vault Certificates Officer",
    "Locks Contributor",
  ]);
});

test("Azure role ids are those that the local cloud knows by the same names", () => {
  for (const [name, id] of Object.entries(azureRoles)) {
    const known = builtInRoleNamed(name);
    if (known !== undefined) expect(known.id).toBe(id);
  }
  expect(builtInRoleNamed("Contributor")?.id).toBe(azureRoles.Contributor);
});

function devNeeds() {
  const text = readFileSync(join(projectRoot(), "Pulumi.dev.yaml"), "utf8");
  const settings = parseSettings(settingsFromStackFile(text, "Pulumi.dev.yaml"), {
    stack: "dev",
    now: new Date("2026-11-21"),
    fileReader: () => Buffer.from(""),
  });
  const { tenants, azure: inAzure } = deployerNeeds(settings);
  return [...tenants.flatMap(({ needs }) => needs), ...inAzure];
}
