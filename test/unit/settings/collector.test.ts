import { describe, expect, it, test } from "vitest";
import { plan } from "../../../components/permissions/plan";
import { other, own, served, stack } from "./collector-stack";
import { conductorOne, identityManager, parse } from "./parse";

describe("defaults", () => {
  it("says everything that the deployment needs to know", () => {
    expect(parse(stack).collector).toEqual({
      apps: [{ name: "collector", mode: "collect", serves: [expect.objectContaining({ slug: "own" })] }],
      schedule: "0 0 */4 * * *",
      retentionDays: 30,
      logRetentionDays: 90,
      instanceMemoryMB: 2048,
      maximumInstanceCount: 40,
      alerts: { emails: [], noSuccessHours: 24, credentialDays: 14 },
      deployerIpRanges: [],
      codePush: "up",
      lock: false,
      tags: {},
    });
  });

  it("has a network with a range when one is asked for", () => {
    const collector = { network: {}, deployerIpRanges: ["203.0.113.0/24"] };
    expect(parse({ ...stack, collector }).collector).toMatchObject({
      network: { addressSpace: "10.90.0.0/24" },
      deployerIpRanges: ["203.0.113.0/24"],
    });
  });

  test("a stack without one has none, and no Azure role", () => {
    const { collector: _, ...without } = stack;
    const settings = parse(without);
    expect(settings).not.toHaveProperty("collector");
    expect(plan(settings).azureRoleAssignments).toEqual([]);
  });
});

describe("serving", () => {
  it("keeps read-only and read-write entries in apps of their own", () => {
    const connectors = [
      own,
      identityManager,
      { ...conductorOne, access: "read-write", provision: ["groups"] },
    ];
    const apps = served({ connectors });
    expect(apps.collector?.map(({ slug }) => slug)).toEqual(["own", "identity-manager-contoso"]);
    expect(apps.provisioner?.map(({ slug }) => slug)).toEqual(["conductorone"]);
    expect(parse({ ...stack, connectors }).collector?.apps.map(({ mode }) => mode)).toEqual([
      "collect",
      "provision",
    ]);
  });

  it("adds a federated credential to an entry in the subscription's tenant, once", () => {
    const { connectors } = parse({ ...stack, connectors: [own, identityManager] });
    expect(connectors.map(({ credentials }) => credentials.map(({ kind }) => kind))).toEqual([
      ["federated"],
      ["clientSecret", "federated"],
    ]);
    expect(connectors[1]?.credentials[1]).toEqual({
      kind: "federated",
      audience: "api://AzureADTokenExchange",
    });
  });

  it("adds a certificate to an entry in another tenant, where the identity is of no use", () => {
    const connectors = [
      { ...own, tenantId: other, anchor: "2026-01-01" },
      { ...identityManager, tenantId: other, anchor: "2026-01-01" },
    ];
    const settings = parse({ ...stack, vault: {}, connectors });
    expect(settings.connectors.map(({ credentials }) => credentials)).toEqual([
      [
        {
          kind: "certificate",
          lifetimeDays: 365,
          overlapDays: 30,
          anchor: "2026-01-01T00:00:00.000Z",
          staysInVault: true,
        },
      ],
      [
        expect.objectContaining({ kind: "clientSecret" }),
        {
          kind: "certificate",
          lifetimeDays: 365,
          overlapDays: 30,
          anchor: "2026-01-01T00:00:00.000Z",
          staysInVault: true,
        },
      ],
    ]);
    expect(plan(settings).connectors.map(({ credentials }) => credentials.at(-1))).toEqual(
      ["IM", "Own"].map(() => ({
        kind: "certificate",
        lifetimeDays: 365,
        overlapDays: 30,
        anchor: "2026-01-01T00:00:00.000Z",
      })),
    );
    expect(settings.collector?.apps[0]?.serves.map(({ credential }) => credential)).toEqual([
      "certificate",
      "certificate",
    ]);
  });

  it("leaves the certificate that an entry has already", () => {
    const connectors = [{ ...own, tenantId: other, credentials: ["certificate"] }];
    const [connector] = parse({ ...stack, vault: {}, connectors }).connectors;
    expect(connector?.credentials.map(({ kind }) => kind)).toEqual(["certificate"]);
  });

  it("leaves a trust that the entry names itself beside its own", () => {
    const credentials = [{ kind: "federated", issuer: "https://issuer.example", subject: "job" }];
    const [connector] = parse({ ...stack, connectors: [{ ...own, credentials }] }).connectors;
    expect(connector?.credentials).toEqual([
      expect.objectContaining({ subject: "job" }),
      { kind: "federated", audience: "api://AzureADTokenExchange" },
    ]);
  });

  it("leaves entries alone that are switched off, not named, or have nothing to collect", () => {
    const connectors = [
      own,
      { ...identityManager, crawl: false },
      { ...conductorOne, name: "Not named" },
      { profile: "custom", name: "Signs in only", capabilities: ["managed-identities.read"] },
    ];
    expect(served({ connectors, collector: { connectors: ["Own"] } }).collector).toHaveLength(1);
    const all = served({ connectors }).collector?.map(({ slug }) => slug);
    expect(all).toEqual(["own", "not-named"]);
    const kinds = parse({ ...stack, connectors }).connectors.map(({ credentials }) =>
      credentials.some(({ kind }) => kind === "federated"),
    );
    expect(kinds).toEqual([true, false, true, false]);
  });

  it("never serves the registration that a profile brings along for a set-up", () => {
    const exchange = {
      profile: "netwrix-1secure-exchange-online",
      name: "Exchange",
      prepareMailboxAuditing: true,
      prepareMailboxAuditingSince: "2026-05-30",
    };
    const acknowledgements = [
      {
        rule: "privileged-directory-role",
        connector: "Exchange (mailbox audit set-up)",
        reason: "for a week",
        owner: "somebody",
        expires: "2099-01-01",
      },
    ];
    const { collector, connectors } = parse({ ...stack, connectors: [own, exchange], acknowledgements });
    expect(connectors).toHaveLength(3);
    expect(collector?.apps.flatMap(({ serves }) => serves.map(({ slug }) => slug))).toEqual([
      "own",
      "exchange",
    ]);
  });
});

describe("the manifest", () => {
  it("has three Azure roles an app, each on the app's own resources", () => {
    const connectors = [own, { ...conductorOne, access: "read-write", provision: ["groups"] }];
    const roles = plan(parse({ ...stack, connectors })).azureRoleAssignments;
    expect(roles.map(({ role, scope, tier }) => [role, scope, tier])).toEqual([
      ["Monitoring Metrics Publisher", "Application Insights component of the collector app", "T2"],
      ["Monitoring Metrics Publisher", "Application Insights component of the provisioner app", "T2"],
      ["Storage Blob Data Owner", "storage account of the collector app", "T2"],
      ["Storage Blob Data Owner", "storage account of the provisioner app", "T2"],
      ["Storage Queue Data Contributor", "storage account of the collector app", "T2"],
      ["Storage Queue Data Contributor", "storage account of the provisioner app", "T2"],
    ]);
  });

  it("names the rights to sign by a certificate, which are as much as the connector's secret", () => {
    const connectors = [{ ...own, tenantId: other }];
    const roles = plan(parse({ ...stack, vault: {}, connectors })).azureRoleAssignments;
    expect(roles.filter(({ scope }) => scope.includes("vault"))).toMatchObject([
      { role: "Key Vault Crypto User", scope: "key of the certificate of own in the vault", tier: "T1" },
      { role: "Key Vault Reader", scope: "certificate of own in the vault", tier: "T2" },
    ]);
  });
});
