import { describe, expect, it } from "vitest";
import { compareRoles } from "../../../scripts/lib/connection/compare-roles";
import type { ConnectionReport } from "../../../scripts/lib/connection/report";
import { allConnected } from "../../../scripts/lib/connection/report";
import { connectionText } from "../../../scripts/lib/connection/text";
import { judge } from "../../../scripts/lib/connection/verdict";
import { lookUntil } from "../../../scripts/lib/connection/wait";
import { chooseConnectors } from "../../../scripts/lib/connectors";
import { connectorOutput, stackOutputs } from "./outputs";

const graph = "00000003-0000-0000-c000-000000000000";
const { manifest } = connectorOutput();

function report(changes: Partial<ConnectionReport> = {}): ConnectionReport {
  return {
    connector: "conductorone",
    name: "ConductorOne",
    state: "Connected",
    consent: "grant",
    credential: "client secret",
    requested: 2,
    granted: 2,
    missing: [],
    surplus: [],
    directoryRoles: [],
    probes: [{ capability: "users.read", title: "Read users", result: "works" }],
    ...changes,
  };
}

describe("the comparison of permissions", () => {
  it("finds what is missing and what nobody asked for", () => {
    const held = new Map([[graph, ["User.Read.All", "Mail.Read"]]]);
    expect(compareRoles(manifest, held)).toEqual({
      requested: 2,
      granted: 1,
      missing: [{ api: "Microsoft Graph", value: "AuditLog.Read.All", id: "a" }],
      surplus: [{ api: "Microsoft Graph", value: "Mail.Read" }],
    });
  });

  it("takes a token without roles as nothing granted", () => {
    expect(compareRoles(manifest, new Map()).granted).toBe(0);
  });
});

describe("the verdict", () => {
  const missing = [{ api: "Microsoft Graph", value: "User.Read.All" }];

  it("is Connected when nothing is wrong, licences or not", () => {
    const probes = [{ capability: "x", title: "X", result: "notLicensed" as const }];
    expect(judge(report({ probes }), connectorOutput())).toEqual({ state: "Connected" });
  });

  it("names the permission and both links, and the way by settings when consent is requested", () => {
    const consent = { ...connectorOutput().consent, mode: "request" as const };
    const verdict = judge(report({ missing, granted: 1 }), connectorOutput({ consent }));
    expect(verdict.state).toBe("Not granted");
    expect(verdict.problem).toBe("the tenant has not granted User.Read.All (Microsoft Graph).");
    expect(verdict.next?.split("\n")).toEqual([
      "Granted 1 of 2 permissions · consent: request",
      "An administrator can grant it here:",
      "  https://portal/permissions",
      "  or consent to all of it at once: https://login/adminconsent",
      "or set consent: grant (the deployer then needs AppRoleAssignment.ReadWrite.All).",
    ]);
  });

  it("shortens a long list of permissions", () => {
    const many = ["A", "B", "C", "D", "E", "F"].map((value) => ({ api: "G", value }));
    expect(judge(report({ missing: many }), connectorOutput()).problem).toBe(
      "the tenant has not granted A (G), B (G), C (G), 3 more.",
    );
  });

  it("names a directory role that is missing, not one that could not be checked", () => {
    const role = { displayName: "Exchange Administrator", result: "missing" as const };
    expect(judge(report({ directoryRoles: [role] }), connectorOutput())).toMatchObject({
      state: "Not granted",
      problem: "its service principal does not hold the directory role Exchange Administrator.",
    });
    const unknown = { ...role, result: "notChecked" as const };
    expect(judge(report({ directoryRoles: [unknown] }), connectorOutput()).state).toBe("Connected");
  });

  it("is Error when a capability does not work", () => {
    const probes = [
      {
        capability: "users.read",
        title: "Read users",
        result: "failed" as const,
        note: "The service answered 418.",
      },
    ];
    expect(judge(report({ probes }), connectorOutput()).problem).toBe(
      '"Read users" does not work. The service answered 418.',
    );
  });
});

describe("the report", () => {
  it("counts connectors that are off as done, others not", () => {
    expect(allConnected([report(), report({ state: "Off" })])).toBe(true);
    expect(allConnected([report({ state: "Not tested" })])).toBe(false);
    expect(allConnected([report({ state: "Not granted" })])).toBe(false);
  });

  it("reads as a table with the problems below", () => {
    const text = connectionText([
      report({ directoryRoles: [{ displayName: "Exchange Administrator", result: "assigned" }] }),
      report({ name: "Other", state: "Error", problem: "it fell over.", next: "Pick it up.", probes: [] }),
      report({ name: "Third", surplus: [{ api: "Microsoft Graph", value: "Mail.Read" }] }),
    ]);
    expect(text).toMatch(
      /ConductorOne +client secret +2 of 2 +1 of 1 work +Connected {2}\(Exchange Administrator\)/,
    );
    expect(text).toContain("Other is not connected: it fell over.\n  Pick it up.");
    expect(text).toContain("Third holds 1 permission that nothing asks for: Mail.Read (Microsoft Graph).");
  });
});

describe("waiting", () => {
  const patience = { deadline: Date.now() + 60_000, interval: 1, progress: () => undefined };

  it("ends when the look is good", async () => {
    let looks = 0;
    const seen = await lookUntil(
      async () => ++looks,
      async (n) => (n < 3 ? "more" : undefined),
      patience,
    );
    expect(seen).toBe(3);
  });

  it("ends at the deadline with what was last seen, having said what it waits for", async () => {
    const said: string[] = [];
    const short = { deadline: Date.now() + 30, interval: 10, progress: (line: string) => said.push(line) };
    expect(
      await lookUntil(
        async () => "no",
        async () => "the moon",
        short,
      ),
    ).toBe("no");
    expect(said[0]).toMatch(/^the moon \(\d+ s left\)$/);
  });
});

describe("choosing connectors", () => {
  it("takes all, or one by short name, display name or profile", () => {
    const names = (wanted?: string) => chooseConnectors(stackOutputs(), wanted).map(({ slug }) => slug);
    expect(names()).toEqual(["conductorone", "identity-manager-contoso"]);
    expect(names("Identity Manager Contoso")).toEqual(["identity-manager-contoso"]);
    expect(names("identity-manager-contoso")).toEqual(["identity-manager-contoso"]);
    expect(names("conductorone")).toEqual(["conductorone"]);
    expect(names("netwrix-identity-manager")).toEqual(["identity-manager-contoso"]);
  });

  it("names what there is when there is none of that name", () => {
    expect(() => chooseConnectors(stackOutputs(), "zebra")).toThrow('The stack has no connector "zebra".');
  });
});
