import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acknowledgementRules } from "../../../components/permissions/planning/acknowledgement";
import { connectorName } from "../../../policies/harness/connector-name";
import { findingText } from "../../../policies/harness/judge";
import { readStackSettings } from "../../../policies/harness/settings";
import { types } from "../../../policies/harness/types";
import { rules } from "../../../policies/rules";
import { plainSettings } from "./cases/case";
import { connector, resource } from "./resources";

const now = Date.parse("2026-11-21T12:00:00Z");
const acknowledgement = {
  rule: "tier0-app-role",
  connector: "Sync",
  finding: "Directory.ReadWrite.All",
  reason: "needed",
  owner: "security",
  expires: "2026-11-21",
};

function read(config: Readonly<Record<string, unknown>>) {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return readStackSettings("dev", (key) => (config[key] === undefined ? undefined : text(config[key])), now);
}

describe("the stack's settings as the pack reads them", () => {
  it("count an acknowledgement to the end of its last day", () => {
    expect(read({ acknowledgements: [acknowledgement] }).acknowledgements).toHaveLength(1);
    const expired = read({ acknowledgements: [{ ...acknowledgement, expires: "2026-11-20" }] });
    expect(expired.acknowledgements).toEqual([]);
    expect(expired.acknowledgementProblems).toEqual([
      {
        culprit: "acknowledgement 1",
        message: "acknowledgements[0] (tier0-app-role, Sync) expired on 2026-11-20.",
      },
    ]);
  });

  it("read a date that the stack file has without quotes, as the engine hands it on", () => {
    const unquoted = { ...acknowledgement, expires: "2026-11-21 00:00:00 +0000 UTC" };
    expect(read({ acknowledgements: [unquoted] }).acknowledgements).toHaveLength(1);
    const asOf = "2027-01-01 00:00:00 +0000 UTC";
    expect(read({ acknowledgements: [unquoted], asOf }).acknowledgements).toEqual([]);
  });

  it("judge by the moment that is planned for where that is later, and never by an earlier one", () => {
    expect(
      read({ acknowledgements: [acknowledgement], asOf: "2027-01-01T00:00:00Z" }).acknowledgements,
    ).toEqual([]);
    const old = { ...acknowledgement, expires: "2026-11-20" };
    expect(read({ acknowledgements: [old], asOf: "2026-01-01T00:00:00Z" }).acknowledgements).toEqual([]);
  });

  it.each([
    [{ ...acknowledgement, reason: " " }, "acknowledgements[0].reason"],
    [{ ...acknowledgement, rule: "no-such-rule" }, "acknowledgements[0].rule"],
    [{ ...acknowledgement, expires: "soon" }, "acknowledgements[0].expires"],
    ["yes", "acknowledgements[0]"],
  ])("don't count a malformed one: %j", (item, place) => {
    const { acknowledgements, acknowledgementProblems } = read({ acknowledgements: [item] });
    expect(acknowledgements).toEqual([]);
    expect(acknowledgementProblems[0]?.message).toMatch(new RegExp(`^${place.replace(/[[\].]/g, "\\$&")}: `));
  });

  it("find owners in the entry, its source group or the defaults", () => {
    const { connectors } = read({
      connectors: [{ name: "One", owners: ["A"] }, { name: "Two", sourceGroup: "g" }, { name: "Three" }],
      sourceGroups: { g: { owners: ["b"] } },
      defaults: { owners: ["c"] },
    });
    expect([...(connectors ?? [])].map(([slug, { owners }]) => [slug, ...owners])).toEqual([
      ["one", "a"],
      ["two", "b"],
      ["three", "c"],
    ]);
  });

  it("never make the pack fall over, whatever they are", () => {
    const keys = fc.constantFrom("acknowledgements", "connectors", "sourceGroups", "defaults", "asOf");
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(fc.json(), fc.string())), (config) => {
        expect(read(config).stack).toBe("dev");
      }),
    );
  });
});

describe("a resource's connector", () => {
  it("is told by the name of the component above it, exactly", () => {
    for (const slug of ["a", "a-client", "a-client-secret", "consent"]) {
      const parts = connector({ slug, directoryRoles: ["Exchange Administrator"] });
      const of = (type: string) => parts.find((one) => one.type === type)!;
      expect(connectorName(of(types.application))).toBe(slug);
      expect(connectorName(of(types.appRoleAssignment))).toBe(slug);
      expect(connectorName(of(types.applicationPassword))).toBe(slug);
      expect(connectorName(of(types.directoryRoleAssignment), "exchange-administrator")).toBe(slug);
    }
  });

  it("is the resource itself where it has none", () => {
    expect(connectorName(resource(types.application, {}, { name: "by-hand" }))).toBe("by-hand");
  });
});

describe("a finding", () => {
  const rule = rules.find(({ id }) => id === "tier0-app-role")!;
  const finding = { culprit: "Directory.ReadWrite.All", message: "It is tier 0.", connector: "sync" };

  it("names rule, culprit, connector, what to do and how to acknowledge it", () => {
    const settings = { ...plainSettings, connectors: new Map([["sync", { name: "Sync", owners: [] }]]) };
    const text = findingText(rule, finding, settings);
    expect(text).toMatch(/^tier0-app-role\[Directory\.ReadWrite\.All\] Sync: It is tier 0\. /);
    expect(text).toContain("rule tier0-app-role, connector Sync, finding Directory.ReadWrite.All");
  });

  it("offers no acknowledgement where none counts", () => {
    const strict = rules.find(({ id }) => id === "no-global-administrator")!;
    expect(findingText(strict, finding, plainSettings)).not.toContain("acknowledge");
  });
});

it("exactly the rules whose findings may be kept can be named in an acknowledgement", () => {
  const keepable = rules.filter(({ acknowledgeable }) => acknowledgeable).map(({ id }) => id);
  expect([...keepable].sort()).toEqual(Object.keys(acknowledgementRules).sort());
});
