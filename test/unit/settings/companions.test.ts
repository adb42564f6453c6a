import { describe, expect, test } from "vitest";
import { plan } from "../../../components/permissions/plan";
import { parse, problemsOf, tenantId } from "./parse";

const name = "Exchange Contoso";
const setUpName = `${name} (mailbox audit set-up)`;
const entry = {
  profile: "netwrix-1secure-exchange-online",
  name,
  anchor: "2026-01-01",
  prepareMailboxAuditing: true,
  prepareMailboxAuditingSince: "2026-05-30",
};
const acknowledgement = {
  rule: "privileged-directory-role",
  connector: setUpName,
  finding: "Exchange Administrator",
  reason: "Mailboxes were taken over with auditing off.",
  owner: "messaging team",
  expires: "2026-06-06",
};

function raw(changes: object = {}, acknowledgements: readonly object[] = [acknowledgement]) {
  return { tenantId, connectors: [{ ...entry, ...changes }], acknowledgements };
}

function setUp(changes: object = {}) {
  const [, connector] = parse(raw(changes)).connectors;
  if (connector === undefined) throw new Error("there is no set-up");
  return connector;
}

describe("prepareMailboxAuditing", () => {
  test("is off by default", () => {
    const [connector, ...others] = parse(raw({ prepareMailboxAuditing: false }, [])).connectors;
    expect(connector?.name).toBe(name);
    expect(others).toEqual([]);
  });

  test("adds a registration of its own, with a secret that ends with the set-up and nobody else's owners", () => {
    const owners = ["11111111-1111-4111-8111-111111111111"];
    expect(setUp({ owners, consent: "request", permissions: "documented", crawl: false })).toMatchObject({
      name: setUpName,
      slug: "exchange-contoso-mailbox-audit-set-up",
      profile: "mailbox-audit-set-up",
      tenantId,
      access: "read-write",
      permissions: "minimal",
      consent: "request",
      crawl: true,
      owners: [],
      credentials: [
        { kind: "clientSecret", lifetimeDays: 7, overlapDays: 2, anchor: "2026-05-30T00:00:00.000Z" },
      ],
      notes: expect.stringMatching(/Begun on 2026-05-30, to be removed within 7 days/),
    });
  });

  test("gives the rights to that registration alone, and argues the directory role", () => {
    const { connectors } = plan(parse(raw({ nonOwnerMailboxAudit: true })));
    const asked = connectors.map(({ apis, directoryRoles }) => [
      apis.flatMap(({ roles }) => roles.map(({ value }) => value)),
      directoryRoles.map(({ displayName }) => displayName),
    ]);
    expect(asked).toEqual([
      [["ActivityFeed.Read"], []],
      [["Exchange.ManageAsApp"], ["Exchange Administrator"]],
    ]);
    expect(connectors[1]?.directoryRoles[0]).toMatchObject({
      justification: acknowledgement.reason,
      because: [
        "Switch mailbox auditing on for the organization and its mailboxes (prepareMailboxAuditing: true)",
        expect.stringContaining("Exchange Recipient Administrator may not"),
      ],
    });
  });

  test("must be acknowledged under the name of the registration that it adds", () => {
    const [problem, ...others] = problemsOf(raw({}, []));
    expect(others).toEqual([]);
    expect(problem?.path).toBe("connectors[0].prepareMailboxAuditing");
    expect(problem?.advice).toContain(`connector ${setUpName}, finding Exchange Administrator`);
  });

  test("an acknowledgement that was left behind is a stranger", () => {
    const [problem] = problemsOf(raw({ prepareMailboxAuditing: false }));
    expect(problem?.path).toBe("acknowledgements[0].connector");
  });

  test("counts from the entry's anchor when no day is given", () => {
    const { credentials } = setUp({ prepareMailboxAuditingSince: undefined });
    expect(credentials).toMatchObject([{ anchor: "2026-01-01T00:00:00.000Z" }]);
  });

  test.each([
    [
      "a day in the future",
      { prepareMailboxAuditingSince: "2026-06-02" },
      "connectors[0].prepareMailboxAuditingSince",
    ],
    ["a name that leaves no room for its own", { name: "x".repeat(90) }, "connectors[0].name"],
  ])("refuses %s", (_, changes, path) => {
    expect(problemsOf(raw(changes, [])).map((problem) => problem.path)).toContain(path);
  });

  test("refuses an entry that already has the name", () => {
    const twin = { profile: "conductorone", name: setUpName, anchor: "2026-01-01" };
    const problems = problemsOf({ ...raw(), connectors: [entry, twin] });
    expect(problems.map(({ path }) => path)).toEqual(["connectors[0].name"]);
  });

  test("a settings file can't name the set-up's profile itself", () => {
    const problems = problemsOf({ tenantId, connectors: [{ profile: "mailbox-audit-set-up", name }] });
    expect(problems[0]?.message).toContain("is no profile");
  });

  test("is warned about for as long as it is there", () => {
    expect(parse(raw()).warnings).toEqual([
      expect.stringMatching(/^Exchange Contoso \(mailbox audit set-up\): administers Exchange/),
    ]);
  });
});
