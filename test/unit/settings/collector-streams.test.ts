import { describe, expect, it } from "vitest";
import { requirements } from "../../../components/collector/function/streams/requirements";
import { own, problems, served, stack } from "./collector-stack";
import { conductorOne, identityManager, parse } from "./parse";

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
