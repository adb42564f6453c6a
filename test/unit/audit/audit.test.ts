import { describe, expect, test } from "vitest";
import { auditRegistration } from "../../../components/permissions/audit";
import type {
  HeldCredential,
  HeldRole,
  PrincipalPart,
  Registration,
  RegistrationPart,
} from "../../../components/permissions/audit/registration";
import { apis } from "../../../components/permissions/catalogue/apis";
import { findRole } from "../../../components/permissions/catalogue/find-role";
import { planConnector } from "../../../components/permissions/plan";
import { expectedManifest } from "../../../scripts/lib/audit/expected";
import { auditMarkdown } from "../../../scripts/lib/audit/markdown";
import { auditText } from "../../../scripts/lib/audit/text";
import { connector } from "../permissions/connector";

const now = new Date("2026-11-21T00:00:00Z");
const expected = planConnector(connector({ profile: "netwrix-identity-manager" }), []);
const needed = expected.apis.flatMap(({ roles }) => roles.map(({ value }) => graph(value)));

function graph(value: string): HeldRole {
  const { resourceAppId, displayName } = apis.graph;
  return { resourceAppId, api: displayName, id: findRole("graph", value).id, value };
}

interface Changes {
  readonly part?: Partial<RegistrationPart>;
  readonly principal?: Partial<PrincipalPart>;
  readonly whole?: Partial<Registration>;
}

/** A registration that nothing can be said against. */
function clean({ part, principal, whole }: Changes = {}): Registration {
  return {
    tenantId: "contoso.example",
    clientId: "11111111-1111-4111-8111-111111111111",
    displayName: "Clean",
    registration: {
      objectId: "a",
      createdDateTime: "2026-01-01T00:00:00Z",
      signInAudience: "AzureADMyOrg",
      redirectUris: [],
      isPublicClient: false,
      implicitGrants: [],
      identifierUris: [],
      requestedRoles: needed,
      requestedScopes: [],
      ...part,
    },
    principal: {
      objectId: "p",
      enabled: true,
      grantedRoles: needed,
      delegated: [],
      directoryRoles: [],
      ...principal,
    },
    owners: [],
    credentials: [secret(90)],
    notRead: [],
    ...whole,
  };
}

/** A secret of 180 days that ends so many days from now. */
function secret(left: number, changes: Partial<HeldCredential> = {}): HeldCredential {
  const end = new Date(now.getTime() + left * 86_400_000).toISOString();
  const start = new Date(now.getTime() + (left - 180) * 86_400_000).toISOString();
  return { kind: "clientSecret", on: "registration", name: "s", id: "k", start, end, ...changes };
}

function rules(
  changes: Changes,
  measure: { readonly profile: boolean } = { profile: true },
): readonly string[] {
  const report = auditRegistration(clean(changes), { expected: measure.profile ? expected : undefined, now });
  return report.findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

const user = { id: "u", kind: "user", name: "ann@contoso.example", of: "registration" } as const;
const globalAdministrator = {
  templateId: "62e90394-69f5-4237-9190-012177145e10",
  displayName: "Global Administrator",
  scope: "/",
};

test("nothing is said against what a profile needs, nor against it by itself", () => {
  expect(rules({})).toEqual([]);
  expect(rules({}, { profile: false })).toEqual([]);
});

describe("one fault, one finding", () => {
  const surplus = graph("RoleManagement.ReadWrite.Directory");
  const more = { requestedRoles: [...needed, surplus] };
  test.each<[string, Changes, readonly string[]]>([
    [
      "a tier 0 permission too much",
      { part: more, principal: { grantedRoles: [...needed, surplus] } },
      ["high surplus-app-role"],
    ],
    [
      "one too little",
      { part: { requestedRoles: needed }, principal: { grantedRoles: needed.slice(1) } },
      ["medium missing-app-role"],
    ],
    ["asked for and not granted", { part: more }, ["medium requested-not-granted"]],
    [
      "granted and not asked for",
      { part: { requestedRoles: needed.slice(1) } },
      ["low granted-not-requested"],
    ],
    [
      "a directory role",
      { principal: { directoryRoles: [globalAdministrator] } },
      ["high surplus-directory-role"],
    ],
    ["an owner without power to lend", { whole: { owners: [user] } }, []],
    ["an expired secret", { whole: { credentials: [secret(90), secret(-1)] } }, ["low expired-credential"]],
    ["a secret about to expire", { whole: { credentials: [secret(30)] } }, ["medium expiring-credential"]],
    ["one that is not", { whole: { credentials: [secret(31)] } }, []],
    [
      "a secret of two years",
      { whole: { credentials: [secret(90, { start: "2025-01-01T00:00:00Z" })] } },
      ["medium long-credential"],
    ],
    [
      "a third secret",
      { whole: { credentials: [secret(90), secret(91), secret(92)] } },
      ["low many-secrets"],
    ],
    [
      "a secret of the enterprise application",
      { whole: { credentials: [secret(90, { on: "enterprise application" })] } },
      ["high principal-credential"],
    ],
    ["other tenants", { part: { signInAudience: "AzureADMultipleOrgs" } }, ["medium multi-tenant"]],
    [
      "a redirect",
      { part: { redirectUris: [{ platform: "web", uri: "https://app.contoso.example" }] } },
      ["medium redirect-uri"],
    ],
    [
      "a redirect on this machine",
      { part: { redirectUris: [{ platform: "web", uri: "http://localhost:3000" }] } },
      ["medium redirect-uri"],
    ],
    [
      "an unencrypted redirect",
      { part: { redirectUris: [{ platform: "web", uri: "http://localhost.contoso.example" }] } },
      ["high redirect-uri"],
    ],
    ["a public client", { part: { isPublicClient: true } }, ["medium public-client"]],
    ["implicit grants", { part: { implicitGrants: ["ID tokens"] } }, ["medium implicit-grant"]],
    ["an identifier URI", { part: { identifierUris: ["api://x"] } }, ["low identifier-uri"]],
    [
      "a delegated permission",
      { principal: { delegated: [{ api: "Microsoft Graph", scopes: ["User.Read"], everybody: true }] } },
      ["medium delegated-permission"],
    ],
  ])("%s", (_name, changes, found) => {
    expect(rules(changes)).toEqual(found);
  });
});

test("a user who owns an application that leads to Global Administrator is one", () => {
  const owners = [user, { ...user, of: "enterprise application" as const }];
  const changes = { principal: { directoryRoles: [globalAdministrator] }, whole: { owners } };
  expect(rules(changes, { profile: false })).toEqual(["high privileged-directory-role", "high user-owner"]);
});

test("a permission of an API that the catalogue does not know is judged by its name", () => {
  const unknown = { resourceAppId: "x", api: "Contoso API", id: "1" };
  const grantedRoles = [
    { ...unknown, value: "Orders.Read.All" },
    { ...unknown, id: "2", value: "Orders.Write" },
  ];
  const changes = { part: { requestedRoles: grantedRoles }, principal: { grantedRoles } };
  expect(rules(changes, { profile: false })).toEqual(["medium tier1-app-role"]);
});

test("an application of another tenant, and one that is not in this one", () => {
  expect(rules({ whole: { registration: undefined } })).toEqual([]);
  const absent = auditRegistration(clean({ whole: { principal: undefined } }), { expected, now });
  expect(absent.findings.filter(({ rule }) => rule === "missing-app-role")).toHaveLength(needed.length);
  expect(auditText(absent)).toContain("No enterprise application in this tenant");
});

test("names of other people's choosing stay in their cell", () => {
  const displayName = "x | <img src=x> [link](http://evil.example) @everyone";
  const markdown = auditMarkdown(auditRegistration(clean({ whole: { displayName } }), { now }));
  expect(markdown.split("\n")[0]).toBe(
    "### Permission audit of x \\| \\<img src=x\\> \\[link\\](http://evil.example) @\u200beveryone",
  );
});

test("settings on the command line are judged as those of a stack file", () => {
  const choice = {
    profile: "conductorone",
    access: "read-write",
    tenantId: "contoso.example",
    cloud: "global",
  };
  const manifest = expectedManifest({ ...choice, set: ["provision=[groups]", "exchangeGroups=true"] });
  expect(manifest.directoryRoles.map(({ displayName }) => displayName)).toEqual(["Exchange Administrator"]);
  expect(() => expectedManifest({ ...choice, set: ["provision"] })).toThrow(
    "--set provision is not understood",
  );
  expect(() => expectedManifest({ ...choice, set: ["provision=[grups]"] })).toThrow(/provision/);
});
