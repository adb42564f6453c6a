import { describe, expect, it, test } from "vitest";
import { requirements } from "../../../components/collector/function/streams/requirements";
import { plan } from "../../../components/permissions/plan";
import type { ServedEntry } from "../../../components/permissions/settings";
import { conductorOne, identityManager, parse, problemsOf, tenantId } from "./parse";

const other = "33333333-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const azure = { tenantId, subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590", location: "westeurope" };
const own = { profile: "collector", name: "Own" };
const stack = { tenantId, azure, connectors: [own], collector: {} };

/** What the function apps of a stack are told, by app. */
function served(raw: object): Readonly<Record<string, readonly ServedEntry[]>> {
  const { collector } = parse({ ...stack, ...raw });
  return Object.fromEntries((collector?.apps ?? []).map(({ name, serves }) => [name, serves]));
}

function problems(raw: object): readonly string[] {
  return problemsOf({ ...stack, ...raw }).map(({ path, message }) => `${path} ${message}`);
}

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

describe("streams", () => {
  it("are those whose permissions the entry has", () => {
    const collect = ["users", "licenses", "signInActivity"];
    expect(served({ connectors: [{ ...own, collect }] }).collector).toEqual([
      expect.objectContaining({ streams: ["users", "licenses"], signInActivity: true }),
    ]);
  });

  it("leave out what a vendor's printed list does not allow, and say so", () => {
    const documented = { ...identityManager, permissions: "documented" };
    const settings = parse({ ...stack, connectors: [documented] });
    const streams = settings.collector?.apps[0]?.serves[0]?.streams ?? [];
    const minimal = served({ connectors: [identityManager] }).collector?.[0]?.streams ?? [];
    const missing = minimal.filter((name) => !streams.includes(name));
    expect(streams).toContain("users");
    expect(missing).toEqual(["directory-roles"]);
    expect(settings.warnings).toContainEqual(
      expect.stringMatching(/^Identity Manager Contoso: the vendor's printed list .* directory-roles need/),
    );
  });

  it("are all there for a printed list that is wide enough", () => {
    const streams = (permissions: string) =>
      served({ connectors: [{ ...conductorOne, permissions }] }).collector?.[0]?.streams;
    expect(streams("documented")).toEqual(streams("minimal"));
  });

  it("can all be had by the profile collector", () => {
    const collect = [
      "users",
      "groups",
      "enterpriseApplications",
      "delegatedGrants",
      "directoryRoles",
      "licenses",
      "domains",
      "organization",
      "devices",
      "administrativeUnits",
      "riskyUsers",
      "riskyServicePrincipals",
      "policies",
      "registrationDetails",
      "directoryAudits",
      "signIns",
      "exchangeActivity",
    ];
    const streams = served({ connectors: [{ ...own, collect }] }).collector?.[0]?.streams ?? [];
    const missing = Object.keys(requirements).filter((name) => !streams.includes(name));
    expect(missing).toEqual([]);
  });

  it("filter as the profile's options say", () => {
    const secure = {
      profile: "netwrix-1secure-entra-id",
      name: "1Secure",
      excludedServiceAccountGroups: ["Service accounts"],
    };
    const connectors = [secure, { ...conductorOne, skipAdServerGroups: true }];
    expect(served({ connectors }).collector).toMatchObject([
      { excludedServiceAccountGroups: ["Service accounts"], skipOnPremisesGroups: false },
      { excludedServiceAccountGroups: [], skipOnPremisesGroups: true },
    ]);
  });
});

describe("streams of events", () => {
  const secure = { profile: "netwrix-1secure-entra-id", name: "1Secure", state: false };
  const exchange = { profile: "netwrix-1secure-exchange-online", name: "Exchange" };
  const only = (entry: object) => served({ connectors: [entry] }).collector?.[0];

  it.each<[string, object, readonly string[]]>([
    ["1Secure's activity and logons", secure, ["directory-audits", "sign-ins"]],
    [
      "1Secure's activity alone",
      { ...secure, logons: { failed: false, successful: false } },
      ["directory-audits"],
    ],
    ["1Secure's logons alone", { ...secure, activity: false }, ["sign-ins"]],
    ["1Secure's Exchange activity", exchange, ["exchange-activity"]],
    [
      "the own collector's",
      { ...own, collect: ["directoryAudits", "policies"] },
      ["policies", "directory-audits"],
    ],
  ])("are %s", (_name, entry, streams) => {
    expect(only(entry)?.streams).toEqual(streams);
  });

  it("come with ConductorOne's feed of changed resources, and go with it", () => {
    expect(only(conductorOne)?.streams).toContain("directory-audits");
    expect(only({ ...conductorOne, resourceChangedEvents: false })?.streams).not.toContain(
      "directory-audits",
    );
  });

  it.each<[string, object]>([
    ["ConductorOne: resourceChangedEvents is off", conductorOne],
    ["1Secure: activity is off", secure],
    ["Own: directoryAudits is left out", { ...own, collect: ["users", "directoryAudits"] }],
  ])("are without the change log where 21Vianet has none, and it is said: %s", (warning, entry) => {
    const settings = parse({ ...stack, connectors: [{ ...entry, cloud: "china21vianet" }] });
    expect(settings.collector?.apps[0]?.serves[0]?.streams).not.toContain("directory-audits");
    expect(settings.warnings).toContainEqual(expect.stringContaining(warning));
  });

  it("keep what the settings choose", () => {
    const kinds = ["interactive", "managedIdentity"];
    expect(only({ ...secure, logons: { failed: true, successful: false, kinds } })?.events).toEqual({
      signIns: { failed: true, successful: false, kinds },
    });
    const serviceAccounts = ["svc-*@contoso.example"];
    expect(only({ ...exchange, nonOwnerMailboxAudit: true, serviceAccounts })?.events).toEqual({
      exchangeActivity: true,
      nonOwnerMailboxAccess: true,
      serviceAccounts,
    });
    const collect = ["signIns", "exchangeActivity"];
    expect(only({ ...own, collect, nonOwnerMailboxAccess: true })?.events).toEqual({
      signIns: { failed: true, successful: true, kinds: ["interactive"] },
      nonOwnerMailboxAccess: true,
      serviceAccounts: [],
    });
  });

  it("are refused where the settings contradict each other", () => {
    const signIns = { failed: false, successful: false };
    expect(problems({ connectors: [{ ...own, collect: ["signIns"], signIns }] })).toEqual([
      "connectors[0].signIns is off, failed and successful, and collect asks for signIns.",
    ]);
    expect(problems({ connectors: [{ ...own, nonOwnerMailboxAccess: true }] })).toEqual([
      "connectors[0].nonOwnerMailboxAccess is selected from the events of Exchange, which are not collected.",
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

describe("refusals", () => {
  const { azure: _, ...withoutAzure } = stack;

  it.each<[string, object, string]>([
    [
      "an unknown setting",
      { collector: { shedule: "" } },
      'collector.shedule unknown setting. Did you mean "schedule"?',
    ],
    [
      "a five-field schedule",
      { collector: { schedule: "0 * * * *" } },
      "collector.schedule is no six-field schedule (second minute hour day month weekday), for example 0 0 */4 * * *.",
    ],
    [
      "a memory that is not offered",
      { collector: { instanceMemoryMB: 1024 } },
      "collector.instanceMemoryMB 1024 is not one of 512, 2048, 4096.",
    ],
    [
      "fewer instances than the platform takes",
      { collector: { maximumInstanceCount: 1 } },
      "collector.maximumInstanceCount 1 is too small: at least 40.",
    ],
    [
      "no retention",
      { collector: { retentionDays: 0 } },
      "collector.retentionDays 0 is too small: at least 1.",
    ],
    [
      "an address that is none",
      { collector: { alerts: { emails: ["ops"] } } },
      "collector.alerts.emails[0] is no e-mail address.",
    ],
    [
      "a stranger",
      { collector: { connectors: ["Owm"] } },
      'collector.connectors[0] "Owm" is no entry of this stack. Did you mean "Own"?',
    ],
    [
      "a network whose range begins in the middle",
      { collector: { codePush: "external", network: { addressSpace: "10.90.0.1/24" } } },
      "collector.network.addressSpace is no IPv4 range from /16 to /24 that begins at its first address, for example 10.90.0.0/24.",
    ],
    [
      "a closed network that nobody can push code into",
      { collector: { network: {} } },
      "collector.codePush collector.network closes the address that code is pushed to.",
    ],
    [
      "ranges without a network",
      { collector: { deployerIpRanges: ["203.0.113.0/24"] } },
      "collector.deployerIpRanges is for a closed network, and none is set.",
    ],
    [
      "a region of another cloud",
      { azure: { ...azure, location: "China North 3" } },
      "azure.location the collector runs on the Flex Consumption plan, which Azure operated by 21Vianet does not offer.",
    ],
    [
      "a region of Azure Government",
      { azure: { ...azure, location: "usgovvirginia" } },
      "azure.location the collector runs on the Flex Consumption plan, which Azure Government does not offer.",
    ],
    [
      "a tenant in another one's words",
      { connectors: [{ ...own, tenantId: "contoso.onmicrosoft.com" }], vault: {} },
      "connectors[0].tenantId must be the tenant's GUID, because the collector serves this entry and a domain does not say whether the tenant is that of the subscription.",
    ],
    [
      "a certificate without a vault",
      { connectors: [{ ...own, tenantId: other }] },
      'vault is missing: the collector signs in as "Own", whose tenant is not the subscription\'s, by a certificate whose key a vault keeps.',
    ],
    [
      "nobody to serve",
      { connectors: [{ ...own, crawl: false }] },
      "collector has nothing to do: no entry with crawl on has anything that it reads.",
    ],
    [
      "a named entry that is switched off",
      {
        connectors: [own, { ...identityManager, crawl: false }],
        collector: { connectors: ["Own", "Identity Manager Contoso"] },
      },
      'collector.connectors[1] "Identity Manager Contoso" has crawl: false.',
    ],
  ])("%s", (_name, change, problem) => {
    expect(problems(change)).toEqual([problem]);
  });

  test("no subscription", () => {
    expect(problemsOf(withoutAzure).map(({ path, message }) => `${path} ${message}`)).toEqual([
      "collector needs azure: the subscription that the function app runs in.",
    ]);
  });
});
