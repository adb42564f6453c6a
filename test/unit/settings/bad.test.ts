import { describe, expect, test } from "vitest";
import { settingsFromStackFile } from "../../../infra/settings";
import { conductorOne, entryProblems, errorOf, identityManager, problemsOf, tenantId } from "./parse";

const acknowledgement = {
  rule: "tier0-app-role",
  connector: "ConductorOne",
  reason: "Roles are granted by ConductorOne.",
  owner: "identity-security",
  expires: "2026-12-31",
};

describe("the error", () => {
  test("lists every problem with its place, what was given and what to do, and reads as a whole", () => {
    const { message } = errorOf({
      tenantId,
      connectors: [
        { ...identityManager, credentials: [{ kind: "clientSecret", lifetimeDays: 730 }] },
        { ...conductorOne, acess: "read-write", exchangeGroups: true },
      ],
    });
    expect(message).toMatchInlineSnapshot(`
      "Pulumi.contoso.yaml has 3 problems

        connectors[0].credentials[0].lifetimeDays lifetime 730 days is above the limit of 180.
                                                  Shorten it, or add to acknowledgements: rule secret-lifetime, connector Identity Manager
                                                  Contoso, finding 730 days, with a reason, an owner and an expiry.
        connectors[1].acess                       unknown setting. Did you mean "access"?
        connectors[1].exchangeGroups              needs access: read-write (it is read-only).
                                                  Members of Exchange groups can't be provisioned by a read-only connector.

      Nothing was changed.  Settings reference: npm run -s cli -- settings --help"
    `);
  });

  test("one problem does not hide another of the same entry", () => {
    const entry = { ...conductorOne, acess: "read-write", provision: ["directoryRoles"], crawl: "no" };
    expect(problemsOf({ tenantId: "contoso", connectors: [entry] }).map(({ path }) => path)).toEqual([
      "tenantId",
      "connectors[0].acess",
      "connectors[0].provision",
      "connectors[0].crawl",
    ]);
    const long = {
      ...identityManager,
      owner: "x",
      credentials: [{ kind: "clientSecret", lifetimeDays: 365 }],
    };
    expect(problemsOf({ tenantId, connectors: [long] }).map(({ path }) => path)).toEqual([
      "connectors[0].owner",
      "connectors[0].credentials[0].lifetimeDays",
    ]);
  });

  test("a problem of a shared setting is named once, where it was written", () => {
    const raw = { tenantId, defaults: { consent: "ask" }, connectors: [identityManager, conductorOne] };
    expect(problemsOf(raw)).toEqual([
      { path: "defaults.consent", message: '"ask" is not one of grant, request.' },
    ]);
    const grouped = { ...raw, defaults: {}, sourceGroups: { eu: { crawl: "yes" } } };
    const connectors = [{ ...identityManager, sourceGroup: "eu" }];
    expect(problemsOf({ ...grouped, connectors })).toEqual([
      { path: "sourceGroups.eu.crawl", message: 'must be true or false, not "yes".' },
    ]);
  });
});

describe("an entry", () => {
  test.each<[string, object, string]>([
    [
      "unknown profile",
      { profile: "conductorOne" },
      'connectors[0].profile "conductorOne" is no profile. Did you mean "conductorone"?',
    ],
    [
      "misspelt setting",
      { acess: "read-only" },
      'connectors[0].acess unknown setting. Did you mean "access"?',
    ],
    [
      "a setting of another profile",
      { exchangeGroups: true },
      "connectors[0].exchangeGroups is a setting of conductorone; netwrix-identity-manager has none of that name.",
    ],
    ["wrong type", { crawl: "true" }, 'connectors[0].crawl must be true or false, not "true".'],
    [
      "wrong word",
      { access: "readwrite" },
      'connectors[0].access "readwrite" is not one of read-only, read-write. Did you mean "read-write"?',
    ],
    ["a name that is no text", { name: 7 }, "connectors[0].name must be a text, not 7."],
    ["an empty name", { name: "  " }, "connectors[0].name must not be empty."],
    [
      "a credential the product can't take",
      { credentials: ["certificate"] },
      "connectors[0].credentials[0] Netwrix Identity Manager takes clientSecret, not certificate.",
    ],
    [
      "federated for a vendor's product",
      { credentials: "federated" },
      "connectors[0].credentials Netwrix Identity Manager takes clientSecret, not federated.",
    ],
    [
      "two secrets",
      { credentials: ["clientSecret", "clientSecret"] },
      "connectors[0].credentials 2 of kind clientSecret: at most 1.",
    ],
    ["no credentials", { credentials: [] }, "connectors[0].credentials must not be empty."],
    [
      "a lifetime beyond 24 months",
      { credentials: [{ kind: "clientSecret", lifetimeDays: 731 }] },
      "connectors[0].credentials[0].lifetimeDays 731 is too large: at most 730.",
    ],
    [
      "a lifetime that is no whole number",
      { credentials: [{ kind: "clientSecret", lifetimeDays: 90.5 }] },
      "connectors[0].credentials[0].lifetimeDays must be a whole number, not 90.5.",
    ],
    [
      "an overlap above a third",
      { credentials: [{ kind: "clientSecret", lifetimeDays: 90, overlapDays: 31 }] },
      "connectors[0].credentials[0].overlapDays 31 is more than a third of the lifetime of 90 days.",
    ],
    [
      "an anchor that is no date",
      { anchor: "2026-02-30" },
      "connectors[0].anchor is not an ISO date (2026-01-31) or date-time (2026-01-31T00:00:00Z).",
    ],
    [
      "an anchor to come",
      { anchor: "2026-07-01" },
      "connectors[0].credentials.anchor 2026-07-01 lies in the future: the first slot would not be valid yet.",
    ],
    [
      "a tenant that is neither GUID nor domain",
      { tenantId: "contoso" },
      "connectors[0].tenantId is neither a GUID nor a domain of the tenant (contoso.onmicrosoft.com).",
    ],
    [
      "an unsupported cloud",
      { cloud: "germany" },
      'connectors[0].cloud "germany" is not one of global, gcc, gcchigh, dod, china21vianet.',
    ],
    [
      "a Graph domain with a scheme",
      { graphDomain: "https://graph.microsoft.us" },
      "connectors[0].graphDomain is not a host name. Give the host alone, for example graph.microsoft.us.",
    ],
    [
      "a group that is not declared",
      { sourceGroup: "europe" },
      'connectors[0].sourceGroup "europe" is not declared under sourceGroups.',
    ],
    [
      "an owner that is no object id",
      { owners: ["alice@contoso.example"] },
      "connectors[0].owners[0] is not a GUID (8-4-4-4-12 hexadecimal digits).",
    ],
    [
      "a tag of ours",
      { tags: ["entra-connectors:dev/x"] },
      "connectors[0].tags[0] must not begin with entra-connectors:, which is how our own registrations are found.",
    ],
  ])("%s", (_, entry, problem) => {
    expect(entryProblems(entry)).toEqual([problem]);
  });

  test("a Graph domain that no cloud has, and one that contradicts the cloud", () => {
    expect(entryProblems({ graphDomain: "graph.contoso.example" })).toEqual([
      expect.stringMatching(
        /^connectors\[0\]\.graphDomain No Microsoft cloud has its Graph at "graph\.contoso\.example"/,
      ),
    ]);
    expect(entryProblems({ graphDomain: "graph.microsoft.us", cloud: "china21vianet" })).toEqual([
      expect.stringMatching(/^connectors\[0\]\.graphDomain .*gcchigh/),
    ]);
  });

  test("an unknown kind of credential is not repeated: it might be a secret", () => {
    const secret = "kx28Q~notAKindButASecretValue.0123456789";
    const error = errorOf({
      tenantId,
      connectors: [{ ...identityManager, credentials: [secret, { kind: secret }] }],
    });
    expect(error.problems).toHaveLength(2);
    expect(error.message).not.toContain(secret);
    expect(entryProblems({ credentials: ["clientSecrt"] })[0]).toMatch(/Did you mean "clientSecret"\?$/);
  });

  test.each([
    ["provision", ["accounts"]],
    ["exchangeGroups", true],
    ["deprovisionPrivilegedUsers", true],
    ["scimProvisioning", true],
    ["exchangeRole", "recipient-administrator"],
  ])("%s on a read-only connector", (setting, value) => {
    expect(problemsOf({ tenantId, connectors: [{ ...conductorOne, [setting]: value }] })).toEqual([
      {
        path: `connectors[0].${setting}`,
        message: "needs access: read-write (it is read-only).",
        advice: expect.stringMatching(/\.$/),
      },
    ]);
  });

  test("privileged users are deprovisioned only where accounts are", () => {
    const entry = {
      ...conductorOne,
      access: "read-write",
      provision: ["groups"],
      deprovisionPrivilegedUsers: true,
    };
    const [problem] = problemsOf({ tenantId, connectors: [entry] }, { unacknowledged: "warn" });
    expect(problem).toMatchObject({
      path: "connectors[0].deprovisionPrivilegedUsers",
      message: "needs accounts in provision.",
    });
  });
});

describe("the list of connectors", () => {
  test.each([undefined, null, []])("%j is empty", (connectors) => {
    expect(problemsOf({ tenantId, connectors })).toMatchObject([
      { path: "connectors", message: "is empty." },
    ]);
  });

  test.each([
    ["a text", "conductorone", "connectors"],
    ["an entry that is a text", ["conductorone"], "connectors[0]"],
  ])("%s", (_, connectors, path) => {
    expect(problemsOf({ tenantId, connectors })).toMatchObject([
      { path, message: expect.stringMatching(/^must be a (list|group of settings), not "conductorone"\.$/) },
    ]);
  });

  test.each(["ConductorOne", "conductorone", "Conductor-One!".replace("-", "")])(
    "the name %s twice",
    (name) => {
      expect(
        problemsOf({ tenantId, connectors: [conductorOne, { ...identityManager, name }] }),
      ).toMatchObject([
        {
          path: "connectors[1].name",
          message: expect.stringContaining('same short name "conductorone" as connectors[0]'),
        },
      ]);
    },
  );

  test("no tenant at all is said once; one that is wrong is not missing as well", () => {
    expect(problemsOf({ connectors: [identityManager, conductorOne] })).toMatchObject([
      { path: "tenantId", message: "is missing." },
    ]);
    expect(problemsOf({ tenantId: "contoso", connectors: [identityManager] })).toHaveLength(1);
  });
});

describe("acknowledgements", () => {
  const provision = ["directoryRoles"];
  const entry = { ...conductorOne, access: "read-write", provision };
  const problemsWith = (...acknowledgements: object[]) =>
    problemsOf({ tenantId, connectors: [entry], acknowledgements }).map(
      ({ path, message }) => `${path} ${message}`,
    );
  const unacknowledged = expect.stringMatching(
    /^connectors\[0\]\.provision brings RoleManagement\.ReadWrite\.Directory, which must be acknowledged\./,
  );

  test("a permission that leads to Global Administrator needs one", () => {
    expect(problemsWith()).toEqual([unacknowledged]);
    const [problem] = problemsOf({ tenantId, connectors: [entry] });
    expect(problem?.advice).toContain(
      "rule tier0-app-role, connector ConductorOne, finding RoleManagement.ReadWrite.Directory",
    );
  });

  test.each<[string, object, string]>([
    ["without a reason", { reason: " " }, "acknowledgements[0].reason must not be empty."],
    ["without an owner", { owner: undefined }, "acknowledgements[0].owner is missing."],
    ["without an end", { expires: undefined }, "acknowledgements[0].expires is missing."],
    [
      "with an end that is no date",
      { expires: "next year" },
      "acknowledgements[0].expires is not an ISO date (2026-01-31) or date-time (2026-01-31T00:00:00Z).",
    ],
    [
      "of an unknown rule",
      { rule: "tier0-app-rol" },
      expect.stringMatching(/^acknowledgements\[0\]\.rule .*Did you mean "tier0-app-role"\?$/),
    ],
    [
      "with a misspelt key",
      { expiry: "2026-12-31" },
      'acknowledgements[0].expiry unknown setting. Did you mean "expires"?',
    ],
  ])("malformed: %s", (_, change, problem) => {
    expect(problemsWith({ ...acknowledgement, ...change })).toEqual([problem, unacknowledged]);
  });

  test("expired, or of an entry that is not there", () => {
    expect(problemsWith({ ...acknowledgement, expires: "2026-05-31" })).toEqual([
      "acknowledgements[0].expires expired on 2026-05-31.",
    ]);
    expect(problemsWith({ ...acknowledgement, connector: "ConductorTwo" })).toEqual([
      'acknowledgements[0].connector "ConductorTwo" is no entry of this stack. Did you mean "ConductorOne"?',
      unacknowledged,
    ]);
  });
});

describe("the stack", () => {
  const good = { tenantId, connectors: [identityManager] };
  const azure = { tenantId, subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590", location: "westeurope" };

  test.each<[string, object, string]>([
    ["an unknown key", { connector: [] }, 'connector unknown setting. Did you mean "connectors"?'],
    [
      "a moment that is none",
      { asOf: "tomorrow" },
      "asOf is not an ISO date (2026-01-31) or date-time (2026-01-31T00:00:00Z).",
    ],
    [
      "azure without a subscription",
      { azure: { tenantId, location: "westeurope" } },
      "azure.subscriptionId is missing.",
    ],
    [
      "azure with a misspelt key",
      { azure: { ...azure, subscription: "x" } },
      'azure.subscription unknown setting. Did you mean "subscriptionId"?',
    ],
    ["a vault without azure", { vault: {} }, "vault needs azure: the subscription that the vault is in."],
    [
      "somebody else's vault without a name",
      { azure, vault: { existing: true } },
      "vault existing: true needs the name and the resourceGroup of that vault.",
    ],
    [
      "a vault with a bad name",
      { azure, vault: { name: "9vault" } },
      "vault.name is not a vault name: 3 to 24 letters, digits and single hyphens, beginning with a letter.",
    ],
    ["defaults that are a list", { defaults: [] }, "defaults must be a group of settings, not a list."],
    [
      "a default that nobody knows",
      { defaults: { acess: "read-only" } },
      'defaults.acess unknown setting. Did you mean "access"?',
    ],
    [
      "a default name",
      { defaults: { name: "x" } },
      "defaults.name belongs to the entry itself and can't be shared.",
    ],
    ["a collector that is a word", { collector: "yes" }, 'collector must be a group of settings, not "yes".'],
  ])("%s", (_, change, problem) => {
    expect(problemsOf({ ...good, ...change }).map(({ path, message }) => `${path} ${message}`)).toEqual([
      problem,
    ]);
  });

  test.each([[null], ["text"], [[]], [7]])("settings that are %j", (raw) => {
    expect(problemsOf(raw)).toMatchObject([{ path: "entra-connectors" }]);
  });
});

describe("a stack file", () => {
  test.each([
    ["that is no YAML", "config: [", /Pulumi\.x\.yaml has 1 problem[\s\S]*line 1\s+is not valid YAML/],
    ["with merge conflict markers", "config:\n<<<<<<< HEAD\n  a: 1\n=======\n", /is not valid YAML/],
    ["without config", "encryptionsalt: v1:abc\n", /config is missing\.\s+A stack file has config:/],
    ["that is empty", "", /config is missing/],
  ])("%s", (_, text, message) => {
    expect(() => settingsFromStackFile(text, "Pulumi.x.yaml")).toThrow(message);
  });

  test("whose anchors multiply", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ...["b", "c", "d", "e"].map((k, i) => `${k}: &${k} [${Array(9).fill(`*${"abcd"[i]}`).join(",")}]`),
      "config: {}",
    ].join("\n");
    expect(() => settingsFromStackFile(bomb, "Pulumi.x.yaml")).toThrow(/repeat too often/);
  });
});
