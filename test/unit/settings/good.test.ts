import { describe, expect, test } from "vitest";
import { slugOf } from "../../../components/permissions/slug";
import { settingsFromConfig, settingsFromStackFile } from "../../../infra/settings";
import { conductorOne, identityManager, parse, parseEntry, tenantId } from "./parse";

describe("defaults", () => {
  test("an entry needs a profile and a name", () => {
    expect(parseEntry({})).toEqual({
      name: "Identity Manager Contoso",
      slug: "identity-manager-contoso",
      profile: "netwrix-identity-manager",
      tenantId,
      cloud: "global",
      crawl: true,
      access: "read-only",
      permissions: "minimal",
      consent: "grant",
      credentials: [
        { kind: "clientSecret", lifetimeDays: 180, overlapDays: 30, anchor: "2025-01-01T00:00:00.000Z" },
      ],
      owners: [],
      tags: [],
      options: {},
    });
  });

  test("a missing anchor is warned about once for all entries", () => {
    const { warnings } = parse({ tenantId, connectors: [identityManager, conductorOne] });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^Identity Manager Contoso, ConductorOne: no anchor/);
    expect(parse({ tenantId, connectors: [{ ...identityManager, anchor: "2026-05-01" }] }).warnings).toEqual(
      [],
    );
  });

  test("a profile's own settings have theirs", () => {
    expect(parseEntry(conductorOne).options).toEqual({
      exchangeGroups: false,
      exchangeRole: "exchange-administrator",
      deprovisionPrivilegedUsers: false,
      skipAdServerGroups: false,
      signInActivity: false,
      scimProvisioning: false,
      resourceChangedEvents: true,
    });
  });

  test("the moment is now unless the stack names one", () => {
    expect(parse({ tenantId, connectors: [identityManager] }).asOf).toBe("2026-06-01T00:00:00.000Z");
    expect(parse({ tenantId, connectors: [identityManager], asOf: "2027-01-31" }).asOf).toBe(
      "2027-01-31T00:00:00.000Z",
    );
  });
});

describe("credentials", () => {
  const secret = {
    kind: "clientSecret",
    lifetimeDays: 90,
    overlapDays: 30,
    anchor: "2026-05-01T00:00:00.000Z",
  };

  test.each([
    ["the kind alone", "clientSecret", 180, 30],
    ["a list of kinds", ["clientSecret"], 180, 30],
    ["a kind with settings", { kind: "clientSecret", lifetimeDays: 90 }, 90, 30],
    ["a list of kinds with settings", [{ kind: "clientSecret", lifetimeDays: 60, overlapDays: 7 }], 60, 7],
    ["an overlap that shrinks with the lifetime", [{ kind: "clientSecret", lifetimeDays: 30 }], 30, 10],
  ])("%s", (_, credentials, lifetimeDays, overlapDays) => {
    expect(parseEntry({ credentials, anchor: "2026-05-01" }).credentials).toEqual([
      { ...secret, lifetimeDays, overlapDays },
    ]);
  });

  test("an anchor of the credential wins over the entry's", () => {
    const credentials = [{ kind: "clientSecret", anchor: "2026-04-01T12:00:00+02:00" }];
    expect(parseEntry({ credentials, anchor: "2026-05-01" }).credentials).toMatchObject([
      { anchor: "2026-04-01T10:00:00.000Z" },
    ]);
  });
});

describe("tenant and cloud", () => {
  test("the entry's tenant wins over the stack's, a domain is a tenant too", () => {
    const settings = parse({
      tenantId,
      connectors: [
        identityManager,
        { ...conductorOne, tenantId: "Contoso.onmicrosoft.com", cloud: "gcchigh" },
      ],
    });
    expect(settings.connectors.map(({ tenantId: id, cloud }) => [id, cloud])).toEqual([
      [tenantId, "global"],
      ["contoso.onmicrosoft.com", "gcchigh"],
    ]);
  });

  test("a Graph domain brings its cloud along", () => {
    expect(parseEntry({ graphDomain: "graph.microsoft.us" })).toMatchObject({
      cloud: "gcchigh",
      graphDomain: "graph.microsoft.us",
    });
  });

  test("where the change log is not offered it is left out, with a word about it", () => {
    const { warnings } = parse({
      tenantId,
      cloud: "china21vianet",
      connectors: [{ ...conductorOne, anchor: "2026-01-01" }],
    });
    expect(warnings).toEqual([
      expect.stringMatching(/^ConductorOne: resourceChangedEvents is off: 21Vianet/),
    ]);
  });
});

describe("sharing", () => {
  test("the entry wins over its group, the group over the defaults", () => {
    const settings = parse({
      tenantId,
      defaults: { consent: "request", notes: "from the defaults", crawl: false },
      sourceGroups: { europe: { notes: "from the group", crawl: true } },
      connectors: [
        { ...identityManager, sourceGroup: "europe" },
        { ...conductorOne, consent: "grant" },
      ],
    });
    expect(settings.connectors).toMatchObject([
      { consent: "request", notes: "from the group", crawl: true, sourceGroup: "europe" },
      { consent: "grant", notes: "from the defaults", crawl: false },
    ]);
  });

  test("a setting of one profile may be shared with entries that have none of that name", () => {
    const settings = parse({
      tenantId,
      defaults: { signInActivity: true },
      connectors: [identityManager, conductorOne],
    });
    expect(settings.connectors.map(({ options }) => options)).toMatchObject([{}, { signInActivity: true }]);
    expect(settings.connectors[0]?.options).not.toHaveProperty("signInActivity");
  });
});

describe("stack", () => {
  const azure = { tenantId, subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590", location: "westeurope" };

  test("azure and a vault of ours", () => {
    expect(parse({ tenantId, connectors: [identityManager], azure, vault: {} })).toMatchObject({
      azure,
      vault: { existing: false },
    });
  });

  test("neither is needed", () => {
    const settings = parse({ tenantId, connectors: [identityManager] });
    expect(settings).not.toHaveProperty("azure");
    expect(settings).not.toHaveProperty("vault");
  });
});

describe("acknowledgements", () => {
  const acknowledgement = {
    rule: "secret-lifetime",
    connector: "Identity Manager Contoso",
    reason: "The guide recommends one year.",
    owner: "identity team",
    expires: "2026-06-01",
  };
  const yearly = { ...identityManager, credentials: [{ kind: "clientSecret", lifetimeDays: 365 }] };

  test("let a longer lifetime pass, to the end of the day they name", () => {
    const raw = { tenantId, connectors: [yearly], acknowledgements: [acknowledgement] };
    expect(parse(raw, { now: new Date("2026-06-01T23:59:59Z") }).acknowledgements).toEqual([
      { ...acknowledgement, expires: "2026-06-01T00:00:00.000Z" },
    ]);
  });

  test("are not asked for where a plan only warns", () => {
    expect(parse({ tenantId, connectors: [yearly] }, { unacknowledged: "warn" }).connectors).toHaveLength(1);
  });
});

describe("sources", () => {
  const entries = [{ profile: "conductorone", name: "ConductorOne" }];

  test("a Pulumi program's configuration", () => {
    const config = {
      "entra-connectors:tenantId": tenantId,
      "entra-connectors:connectors": JSON.stringify(entries),
      "entra-connectors:defaults": "no JSON",
      "azure-native:location": "westeurope",
    };
    expect(settingsFromConfig(config)).toEqual({ tenantId, connectors: entries, defaults: "no JSON" });
  });

  test("unquoted dates, as the engine hands them on", () => {
    const read = settingsFromConfig({
      "entra-connectors:asOf": "2027-04-25 06:02:21.123 +0000 UTC",
      "entra-connectors:defaults": JSON.stringify({ anchor: "2026-11-21 01:00:00 +0100 +0100" }),
    });
    expect(read).toEqual({
      asOf: "2027-04-25T06:02:21.123+00:00",
      defaults: { anchor: "2026-11-21T01:00:00+01:00" },
    });
    expect(
      parse({ tenantId, connectors: [identityManager], asOf: "2027-04-25T06:02:21.123+00:00" }).asOf,
    ).toBe("2027-04-25T06:02:21.123Z");
  });

  test("a stack file whose unquoted dates the engine has rewritten", () => {
    const file = `config:
  entra-connectors:asOf: 2026-01-31 00:00:00 +0000 UTC
  entra-connectors:defaults:
    anchor: 2026-01-01 10:00:00 +0200 +0200
`;
    expect(settingsFromStackFile(file, "Pulumi.dev.yaml")).toEqual({
      asOf: "2026-01-31T00:00:00+00:00",
      defaults: { anchor: "2026-01-01T10:00:00+02:00" },
    });
  });

  test("a stack file, without its encrypted values", () => {
    const file = `encryptionsalt: v1:abc
config:
  entra-connectors:tenantId: ${tenantId}
  entra-connectors:connectors:
    - profile: conductorone
      name: ConductorOne
  entra-connectors:azure:
    secure: v1:secret
  other:thing: 1
`;
    expect(settingsFromStackFile(file, "Pulumi.dev.yaml")).toEqual({ tenantId, connectors: entries });
  });
});

describe("short names", () => {
  test.each([
    ["ConductorOne", "conductorone"],
    ["Entra for Netwrix Threat Manager", "entra-for-netwrix-threat-manager"],
    ["  Größe & Co. (EU) ", "gro-e-co-eu"],
    ["Café", "cafe"],
    ["接続", "connector-d528fb88"],
  ])("%s is %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
});
