import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilities } from "../../../components/permissions/capabilities";
import { apis } from "../../../components/permissions/catalogue/apis";
import {
  findDirectoryRole,
  UnknownDirectoryRoleError,
} from "../../../components/permissions/catalogue/directory-role";
import { effectOf } from "../../../components/permissions/catalogue/effect";
import {
  findRole,
  findRoleById,
  UnknownRoleError,
} from "../../../components/permissions/catalogue/find-role";
import type { RoleRow } from "../../../components/permissions/catalogue/role";
import { tierOf, tierOfDirectoryRole } from "../../../components/permissions/tiers/tier";
import { profiles } from "../../../components/profiles";
import { connector } from "./connector";

const names = Object.keys(apis) as (keyof typeof apis)[];
const rowsOf = (api: keyof typeof apis): readonly RoleRow[] => apis[api].rows;

describe("catalogue", () => {
  test("holds every published application role of Microsoft Graph, two of them disabled", () => {
    const rows = rowsOf("graph");
    expect(rows).toHaveLength(716);
    expect(new Set(rows.map(([value]) => value)).size).toBe(716);
    expect(rows.filter((row) => row[5] === "disabled").map(([value]) => value)).toEqual([
      "AgentCard.Read.All",
      "AgentCard.ReadWrite.All",
    ]);
  });

  test.each(names)("%s: ids are unique GUIDs, texts are filled", (api) => {
    const rows = rowsOf(api);
    expect(new Set(rows.map(([, id]) => id)).size).toBe(rows.length);
    for (const [value, id, effect, title, description] of rows) {
      expect(id, value).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(title, value).not.toBe("");
      expect(description, value).not.toBe("");
      expect(effect).toBe(effectOf(value, description));
    }
  });

  test("Exchange administration has its own id on each API that carries it", () => {
    expect(findRole("exchangeOnline", "Exchange.ManageAsApp").id).toBe(
      "dc50a0fb-09a3-484d-be87-e023b12c6440",
    );
    expect(findRole("exchangeOnlineProtection", "Exchange.ManageAsApp").id).toBe(
      "455e5cd2-84e8-4751-8344-5672145dfa17",
    );
    expect(apis.exchangeOnlineProtection.resourceAppId).toBe("00000007-0000-0ff1-ce00-000000000000");
  });

  test("a name that is published twice is found under its documented id, and by both ids", () => {
    expect(findRole("exchangeOnline", "IMAP.AccessAsApp").id).toBe("5e5addcd-3e8d-4e90-baf5-964efab2b20a");
    expect(findRoleById("exchangeOnline", "28B54159-e98b-4a00-9d52-10c8c7cbd7f3")?.value).toBe(
      "IMAP.AccessAsApp",
    );
    expect(findRoleById("graph", "00000000-0000-0000-0000-000000000000")).toBeUndefined();
  });

  test("a misspelt name is answered with the one that was meant", () => {
    expect(() => findRole("graph", "User.Reed.All")).toThrow(/Did you mean "User\.Read\.All"\?/);
    expect(() => findRole("graph", "user.read.all")).toThrow(/Did you mean "User\.Read\.All"\?/);
    expect(() => findDirectoryRole("Exchange Admin")).toThrow(UnknownDirectoryRoleError);
    expect(() => findDirectoryRole("Exchange Administratr")).toThrow(
      /Did you mean "Exchange Administrator"\?/,
    );
  });

  test("any other name is refused with the same kind of error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (value) => {
        if (rowsOf("graph").some(([known]) => known === value)) return;
        expect(() => findRole("graph", value)).toThrow(UnknownRoleError);
      }),
      { numRuns: 200 },
    );
  });
});

describe("effect", () => {
  test.each([
    ["User.Read.All", "Allows the app to read user profiles without a signed in user.", "read"],
    ["MailboxItem.Export.All", "Allows the app to export all the users' mailbox items.", "read"],
    ["User.ReadUpdate.All", "Allows the app to read and update users.", "write"],
    [
      "Policy.Read.Recovery",
      "Allows the application to read and update the organization's recovery policy.",
      "write",
    ],
    ["Group.Create", "Allows the app to create groups without a signed-in user.", "write"],
    ["Sites.Selected", "Allow the application to access a subset of site collections.", "write"],
  ])("%s: %s -> %s", (value, description, effect) => {
    expect(effectOf(value, description)).toBe(effect);
  });
});

describe("tiers", () => {
  test.each([
    "RoleManagement.ReadWrite.Directory",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "AppRoleAssignment.ReadWrite.All",
    "Application.ReadWrite.All",
    "Directory.ReadWrite.All",
    "UserAuthenticationMethod.ReadWrite.All",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "Domain.ReadWrite.All",
  ])("%s is tier 0, judged by hand", (value) => {
    expect(tierOf("graph", value)).toMatchObject({ tier: "T0", reviewed: true });
  });

  test.each([
    ["Mail.Read", "T1"],
    ["Files.Read.All", "T1"],
    ["BitlockerKey.Read.All", "T1"],
    ["Channel.ReadBasic.All", "T1"],
    ["AccessReview.Read.All", "T2"],
    ["Printer.ReadWrite.All", "T1"],
  ])("%s is %s by the default rule", (value, tier) => {
    expect(tierOf("graph", value)).toMatchObject({ tier, reviewed: false });
  });

  test("everything that a profile asks for is judged by hand", () => {
    const asked = [
      ...capabilities.flatMap(({ roles }) => roles),
      ...profiles.flatMap((profile) =>
        (["read-only", "read-write"] as const).flatMap((access) => {
          const options = { exchangeGroups: true, nonOwnerMailboxAudit: true, capabilities: ["users.read"] };
          return profile.documented(connector({ profile: profile.id, access, options }))?.roles ?? [];
        }),
      ),
    ];
    const unreviewed = asked
      .filter(({ api, value }) => !tierOf(api, value).reviewed)
      .map(({ value }) => value);
    expect(unreviewed).toEqual([]);
    const roles = capabilities.flatMap(({ directoryRoles }) => directoryRoles);
    expect(roles.filter((name) => !tierOfDirectoryRole(name).reviewed)).toEqual([]);
  });

  test("no permission that writes is judged harmless, whoever judged it", () => {
    for (const api of names) {
      for (const [value, , effect] of rowsOf(api)) {
        if (effect === "write" && value !== "Sites.Selected")
          expect(tierOf(api, value).tier, value).not.toBe("T2");
      }
    }
  });

  test("directory roles", () => {
    expect(tierOfDirectoryRole("Global Administrator").tier).toBe("T0");
    expect(tierOfDirectoryRole("Exchange Administrator").tier).toBe("T1");
    expect(tierOfDirectoryRole("Reports Reader")).toMatchObject({ tier: "T2", reviewed: false });
    expect(tierOfDirectoryRole("Teams Administrator")).toMatchObject({ tier: "T1", reviewed: false });
  });
});
