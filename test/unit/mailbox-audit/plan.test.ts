import { describe, expect, it, test } from "vitest";
import type { Auditing, OddMailbox } from "../../../scripts/lib/mailbox-audit/auditing";
import { changesOf, findingsOf } from "../../../scripts/lib/mailbox-audit/plan";

const right: Auditing = { onByDefault: true, unifiedAuditLog: true, mailboxes: 3, odd: [], bypasses: [] };
const odd = (change: Partial<OddMailbox>): Auditing => ({
  ...right,
  odd: [
    {
      guid: "m-1",
      name: "ada@contoso.example",
      auditEnabled: true,
      reduced: [],
      defaultSet: ["Owner"],
      ...change,
    },
  ],
});
const findings = (auditing: Auditing, keepBypass = false) => findingsOf(auditing, { keepBypass });
const cmdlets = (auditing: Auditing, keepBypass = false) =>
  changesOf(findings(auditing, keepBypass)).map(({ cmdlet, parameters }) => [cmdlet, parameters]);

test("an organization that is all right has no finding", () => {
  expect(findings(right)).toEqual([]);
});

describe("the organization", () => {
  it("has the unified audit log and auditing by default switched on, each by its own cmdlet", () => {
    expect(cmdlets({ ...right, onByDefault: false, unifiedAuditLog: false })).toEqual([
      ["Set-AdminAuditLogConfig", { UnifiedAuditLogIngestionEnabled: true }],
      ["Set-OrganizationConfig", { AuditDisabled: false }],
    ]);
  });
});

describe("a bypass", () => {
  const auditing = { ...right, bypasses: [{ guid: "b-1", name: "Backup" }] };

  it("is taken away", () => {
    expect(cmdlets(auditing)).toEqual([
      ["Set-MailboxAuditBypassAssociation", { Identity: "b-1", AuditBypassEnabled: false }],
    ]);
  });

  it("stays where it is meant, and is still told of", () => {
    expect(cmdlets(auditing, true)).toEqual([]);
    expect(findings(auditing, true)).toMatchObject([{ where: "Backup", setting: "audit bypass is on" }]);
  });
});

describe("a mailbox", () => {
  it("whose auditing is off is reported by default actions, or not at all", () => {
    const off = odd({ auditEnabled: false });
    expect(cmdlets(off)).toEqual([["Set-Mailbox", { Identity: "m-1", AuditEnabled: true }]]);
    expect(findings(off)[0]?.means).toContain("default actions alone");
    expect(findings({ ...off, onByDefault: false }).at(-1)?.means).toContain("nothing that others do");
  });

  it("with reduced lists follows the default again, in one change that keeps what follows it", () => {
    const reduced = (["Admin", "Delegate"] as const).map((logon) => ({
      logon,
      missing: ["SendAs"],
      extra: [],
    }));
    expect(findings(odd({ reduced }))).toHaveLength(2);
    expect(cmdlets(odd({ reduced }))).toEqual([
      ["Set-Mailbox", { Identity: "m-1", DefaultAuditSet: ["Owner", "Admin", "Delegate"] }],
    ]);
  });

  it("keeps actions that somebody added to a list", () => {
    const reduced = [{ logon: "Delegate", missing: ["SendAs", "Create"], extra: ["FolderBind"] } as const];
    expect(cmdlets(odd({ reduced, defaultSet: ["Admin", "Owner"] }))).toEqual([
      [
        "Set-Mailbox",
        {
          Identity: "m-1",
          AuditDelegate: { "@odata.type": "#Exchange.GenericHashTable", Add: ["SendAs", "Create"] },
        },
      ],
    ]);
  });

  it("keeps the owner's list, which is no part of the report", () => {
    const auditing = odd({ defaultSet: [], reduced: [{ logon: "Owner", missing: ["Send"], extra: [] }] });
    expect(findings(auditing)).toMatchObject([{ setting: "AuditOwner lacks Send" }]);
    expect(cmdlets(auditing)).toEqual([]);
  });
});
