import { describe, expect, test } from "vitest";
import { apis } from "../../../components/permissions/catalogue/apis";
import { directoryRoles } from "../../../components/permissions/catalogue/directory-roles.generated";
import type { Review } from "../../../components/permissions/diff/model";
import { appRolePhrase, directoryRolePhrase } from "../../../components/permissions/diff/plain-words";
import { reviewOf } from "../../../components/permissions/diff/review";
import { lockOf } from "../../../components/permissions/lock/lock-of";
import type { ConnectorLock, CredentialLine, Lock } from "../../../components/permissions/lock/schema";
import { plan } from "../../../components/permissions/plan";
import { ownersOf } from "../../../scripts/lib/review/codeowners";
import { reviewMarkdown } from "../../../scripts/lib/review/markdown";
import { notesOn } from "../../../scripts/lib/review/notes";
import { connector } from "../permissions/connector";

/** The lock of one entry, with changes to what is locked. */
function lock(settings: Parameters<typeof connector>[0] = {}, changes: Partial<ConnectorLock> = {}): Lock {
  const made = lockOf(plan({ connectors: [connector(settings)], acknowledgements: [] }));
  return { ...made, connectors: made.connectors.map((one) => ({ ...one, ...changes })) };
}

function reviewed(before: Record<string, Lock>, after: Record<string, Lock>): Review {
  return reviewOf(
    {
      base: { ref: "main", commit: "a".repeat(40) },
      head: { ref: "worktree", commit: null },
      before: new Map(Object.entries(before)),
      after: new Map(Object.entries(after)),
      stacks: Object.keys({ ...before, ...after }).length,
      owners: ["@contoso/identity-security"],
      label: "permissions-approved",
      files: Object.keys({ ...before, ...after }).map((stack) => `infra/permissions/${stack}.json`),
    },
    (changes) => notesOn(changes, new Date("2026-06-01T00:00:00Z")),
  );
}

/** What a review says of one line. */
function lineOf(review: Review, name: string) {
  const found = review.lines.filter((line) => line.name === name);
  expect(found.map(({ name: one }) => one)).toEqual([name]);
  return found[0]!;
}

const allKinds = { access: "read-write", options: { provision: ["directoryRoles", "groups"] } } as const;
const federated = (subject: string): CredentialLine => ({
  kind: "federated",
  issuer: "https://token.actions.githubusercontent.com",
  subject,
  audience: "api://AzureADTokenExchange",
});

describe("how far a change reaches", () => {
  test("a path to Global Administrator comes first, whatever else changes", () => {
    const review = reviewed({ contoso: lock() }, { contoso: lock(allKinds) });
    expect(review.summary).toMatchObject({ changed: 1, needApproval: 1, level: "tier0" });
    expect(review.lines[0]).toMatchObject({ name: "RoleManagement.ReadWrite.Directory", level: "tier0" });
    expect(review.headlines[0]).toMatchObject({ verb: "goes from reading to writing: it can now" });
    expect(review.approval.security).toBe(true);
  });

  test("who may sign in as a connector reaches as far as the connector does", () => {
    const swap = (settings: Parameters<typeof connector>[0]) =>
      reviewed(
        { contoso: lock(settings, { credentials: [federated("repo:contoso/app:ref:refs/heads/main")] }) },
        { contoso: lock(settings, { credentials: [federated("repo:stranger/app:ref:refs/heads/main")] }) },
      );
    expect(lineOf(swap(allKinds), "federated credential")).toMatchObject({ kind: "changed", level: "tier0" });
    expect(lineOf(swap({}), "federated credential")).toMatchObject({ kind: "changed", level: "any" });
    expect(swap(allKinds).headlines[0]!.what[0]).toBe(
      "be used, without a secret, by whoever is repo:stranger/app:ref:refs/heads/main at https://token.actions.githubusercontent.com",
    );
  });

  test.each([
    ["issuer", { issuer: "https://login.microsoftonline.com/contoso/v2.0" }],
    ["audience", { audience: "api://AzureADTokenExchangeChina" }],
  ])("another %s of a federated credential is one change, not two", (_, changes) => {
    const before = federated("s");
    const review = reviewed(
      { contoso: lock(allKinds, { credentials: [before] }) },
      { contoso: lock(allKinds, { credentials: [{ ...before, ...changes } as CredentialLine] }) },
    );
    expect(lineOf(review, "federated credential")).toMatchObject({ kind: "changed", level: "tier0" });
  });

  test("a secret that lives longer is wider, a shorter one narrower, another anchor neither", () => {
    const secret = {
      kind: "clientSecret",
      lifetimeDays: 180,
      overlapDays: 30,
      anchor: "2026-01-01T00:00:00Z",
    } as const;
    const change = (changes: Partial<typeof secret> | { lifetimeDays: number }) =>
      lineOf(
        reviewed(
          { contoso: lock({}, { credentials: [secret] }) },
          { contoso: lock({}, { credentials: [{ ...secret, ...changes }] }) },
        ),
        "client secret",
      );
    expect(change({ lifetimeDays: 365 })).toMatchObject({ direction: "wider", level: "any" });
    expect(change({ lifetimeDays: 90 })).toMatchObject({ direction: "narrower" });
    expect(change({ anchor: "2026-02-01T00:00:00Z" } as object)).toMatchObject({ direction: "neutral" });
  });

  test("a new way to sign in, consent without a click, another tenant: each as far as the connector reaches", () => {
    const before = lock({ ...allKinds, consent: "request" });
    const [one] = before.connectors;
    const change = (changes: Partial<ConnectorLock>) =>
      reviewed({ contoso: before }, { contoso: { ...before, connectors: [{ ...one!, ...changes }] } });
    const added = change({ credentials: [...one!.credentials, federated("s")] });
    expect(lineOf(added, "federated credential")).toMatchObject({ kind: "added", level: "tier0" });
    expect(lineOf(change({ consent: "grant" }), "consent")).toMatchObject({
      level: "tier0",
      direction: "wider",
    });
    expect(lineOf(change({ tenantId: "fabrikam.example" }), "tenantId")).toMatchObject({ level: "tier0" });
  });

  test("a permission that another one stands in for is no loss", () => {
    const line = lineOf(
      reviewed({ contoso: lock() }, { contoso: lock(allKinds) }),
      "RoleManagement.Read.Directory",
    );
    expect(line).toMatchObject({
      kind: "removed",
      direction: "neutral",
      because: ["covered by RoleManagement.ReadWrite.Directory"],
    });
  });

  test("an Azure role of the collector", () => {
    const assigned = {
      role: "Storage Blob Data Owner",
      id: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
      scope: "the collector's storage account",
      tier: "T1",
      because: ["State and output of the collector"],
    } as const;
    const review = reviewed(
      { contoso: lock() },
      { contoso: { ...lock(), azureRoleAssignments: [assigned] } },
    );
    expect(lineOf(review, "Storage Blob Data Owner")).toMatchObject({ level: "write", family: "Azure role" });
    expect(reviewMarkdown(review)).toContain(
      "Act as Storage Blob Data Owner on the collector's storage account",
    );
  });

  test("what nobody has acknowledged is noted", () => {
    const review = reviewed({}, { contoso: lock(allKinds) });
    expect(review.notes.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^ConductorOne can't be deployed yet: nobody has acknowledged RoleManagement/),
    );
  });
});

describe("many tenants", () => {
  const fleet = (one: (index: number) => Lock) =>
    Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`stack-${String(index).padStart(3, "0")}`, one(index)]),
    );

  test("the same change is one line with the count, and one sentence", () => {
    const review = reviewed(
      fleet(() => lock()),
      fleet(() => lock(allKinds)),
    );
    expect(lineOf(review, "GroupMember.ReadWrite.All").places).toHaveLength(300);
    expect(review.headlines).toHaveLength(1);
    const comment = reviewMarkdown(review);
    expect(comment).toMatch(
      /\*\*ConductorOne\*\* in \*\*stack-000, stack-001, stack-002, stack-003 and 296 more stacks\*\*/,
    );
    expect(comment).toMatch(/^\| ➕ 🟠 \| `GroupMember\.ReadWrite\.All` \|.*\| 300 \|$/m);
  });

  test("however much changes, the comment fits, begins with the worst and says what it leaves out", () => {
    const roles = apis.graph.rows.map(([role, id]) => ({
      api: "Microsoft Graph",
      role,
      id,
      tier: "T2" as const,
      because: ["x".repeat(1_000)],
    }));
    const unique = roles.filter(({ role }, index) => roles.findIndex((one) => one.role === role) === index);
    const huge = (index: number) =>
      lock(
        { profile: "custom", options: { capabilities: ["users.read"] } },
        {
          name: `Product ${index} ${"n".repeat(300)}`,
          appRoles: unique,
        },
      );
    const few = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`stack-${index}`, huge(index)]));
    const comment = reviewMarkdown(reviewed({}, few));
    expect(comment.length).toBeLessThanOrEqual(64_000);
    expect(comment.length).toBeGreaterThan(40_000);
    expect(comment.indexOf("| ➕ 🔴 |")).toBeGreaterThan(0);
    expect(comment).not.toContain("| ➕ 🟡 |");
    expect(comment).toMatch(/… and \d+ further rows, none more dangerous than these/);
    expect(comment).toMatch(/… and 2 further sentences like these/);
    expect(comment).toContain("**Approve:**");
  });
});

test("what a lock file says can't act as markup, mention anybody or hide", () => {
  const evil = "x](http://evil) <img src=x> @contoso/admins `|` \u202egnp.exe\n# hi **b** ~~s~~";
  const review = reviewed({}, { contoso: lock({}, { name: evil, tenantId: evil }) });
  const comment = reviewMarkdown(review);
  const sentence = comment.split("\n").find((line) => line.startsWith("🟡"))!;
  expect(sentence).toContain(
    "**x\\](http://evil) &lt;img src=x&gt; @\u2060contoso/admins \\`\\|\\` \ufffdgnp.exe \\# hi \\*\\*b\\*\\* \\~\\~s\\~\\~**",
  );
  expect(comment).not.toMatch(/<img|\u202e|@contoso\/admins/);
});

test("every permission and directory role can be said in plain words", () => {
  const phrases = [
    ...Object.values(apis).flatMap(({ displayName, rows }) =>
      rows.map(([role]) => appRolePhrase(displayName, role)),
    ),
    ...directoryRoles.map(([role]) => directoryRolePhrase(role)),
    appRolePhrase("Of tomorrow", "X.Read"),
    appRolePhrase("Microsoft Graph", "Of.Tomorrow"),
    directoryRolePhrase("Of Tomorrow Administrator"),
  ];
  // Each goes on "it can": no capital first word, no full stop, no "Allows the app to".
  expect(phrases.filter((phrase) => !/^[a-z]/.test(phrase) || /\.$|^allows? /.test(phrase))).toEqual([]);
});

test.each([
  ["* @all", ["@all"]],
  ["* @all\n/infra/permissions/ @security # who else", ["@security"]],
  ["infra/permissions/*.json @security @second", ["@security", "@second"]],
  ["/infra/ @infra\n*.json @json", ["@json"]],
  ["**/permissions/ @deep", ["@deep"]],
  ["/permissions/ @elsewhere", []],
  ["infra/* @files", []],
  ["# nobody\n\n", []],
  ["* @all\n/infra/permissions/", []],
])("owners by %j", (codeowners, owners) => {
  expect(ownersOf(["infra/permissions/contoso.json"], codeowners)).toEqual(owners);
});

describe("a vendor's printed list", () => {
  const settings = { profile: "conductorone", access: "read-write", provision: ["accounts"] } as const;

  test("takes away nothing that it still lets the product read because it may write it", () => {
    const { headlines } = reviewed(
      { contoso: lock(settings) },
      { contoso: lock({ ...settings, permissions: "documented" }) },
    );
    const users = appRolePhrase("Microsoft Graph", "User.Read.All");
    const lost = headlines.filter(({ direction }) => direction === "narrower").flatMap(({ what }) => what);
    expect(lost).not.toContain(users);
    const back = reviewed(
      { contoso: lock({ ...settings, permissions: "documented" }) },
      { contoso: lock(settings) },
    );
    expect(back.headlines.some(({ direction }) => direction === "narrower")).toBe(true);
  });
});
