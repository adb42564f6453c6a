import { describe, expect, it } from "vitest";
import { parseSettings, settingsFromStackFile } from "../../../infra/settings";
import { settle } from "../../../scripts/lib/rotate/settle";

const head = `# Ours.
config:
  entra-connectors:tenantId: contoso.onmicrosoft.com # the tenant
  entra-connectors:connectors:
`;

/** What rotating this entry's credential makes of the text: the lines that differ, and where. */
function rotated(text: string, kind: "clientSecret" | "certificate" = "clientSecret", entry = "One") {
  const parse = (one: string) =>
    parseSettings(settingsFromStackFile(one, "Pulumi.a.yaml"), {
      stack: "a",
      now: new Date("2026-11-21T10:00:00Z"),
      fileReader: () => Buffer.alloc(0),
      unacknowledged: "warn",
    });
  const edited = settle(
    { file: "Pulumi.a.yaml", text, parse },
    { entry, kind, anchor: "2026-06-24T00:00:00.000Z" },
  );
  const before = text.split("\n");
  const lines = edited.text.split("\n");
  const gone = before.filter((line) => !lines.includes(line));
  const come = lines.filter((line) => !before.includes(line));
  expect(lines[edited.line - 1]).toBe(come[0]);
  return { path: edited.path, before: edited.before, gone, come };
}

describe("a rotation in a stack file", () => {
  it("moves the entry's anchor, in its quotes, and keeps the comment beside it", () => {
    const text = `${head}    - name: One\n      profile: conductorone\n      anchor: '2026-09-01'   # begun\n`;
    expect(rotated(text)).toEqual({
      path: "connectors[0].anchor",
      before: "2026-09-01",
      gone: ["      anchor: '2026-09-01'   # begun"],
      come: ["      anchor: '2026-06-24'   # begun"],
    });
  });

  it("moves the credential's own anchor, in a list in braces", () => {
    const text = `${head}    - profile: conductorone\n      name: One\n      anchor: 2026-01-01\n      credentials: [{ kind: clientSecret, anchor: 2026-09-01 }]\n`;
    expect(rotated(text)).toMatchObject({
      path: "connectors[0].credentials[0].anchor",
      come: ["      credentials: [{ kind: clientSecret, anchor: 2026-06-24 }]"],
    });
  });

  it("gives an entry without anchor one of its own, below its name", () => {
    const text = `${head}    - name: Other\n      profile: conductorone\n    - name: One # the one\n      profile: conductorone\n`;
    expect(rotated(text)).toEqual({
      path: "connectors[1].anchor",
      before: null,
      gone: [],
      come: ['      anchor: "2026-06-24"'],
    });
  });

  it("leaves the anchor that others share alone", () => {
    const text = `${head}    - name: One\n      profile: conductorone\n    - name: Two\n      profile: conductorone\n  entra-connectors:defaults:\n    anchor: "2026-09-01"\n`;
    expect(rotated(text)).toMatchObject({ path: "connectors[0].anchor", gone: [] });
  });

  it("copies credentials that the entry inherits, because their anchor wins over the entry's", () => {
    const text = `${head}    - name: One\n      profile: conductorone\n    - name: Two\n      profile: conductorone\n  entra-connectors:defaults:\n    credentials: [{ kind: clientSecret, anchor: "2026-09-01", lifetimeDays: 90 }]\n`;
    expect(rotated(text)).toMatchObject({
      path: "connectors[0].credentials[0].anchor",
      gone: [],
      come: ['      credentials: [ { kind: clientSecret, anchor: "2026-06-24", lifetimeDays: 90 } ]'],
    });
  });

  it("gives the credential an anchor of its own where the entry's serves another credential too", () => {
    const text = `${head}    - name: One\n      profile: custom\n      permissions: minimal\n      graph: [User.Read.All]\n      anchor: "2026-09-01"\n      credentials:\n        - clientSecret # for the old agent\n        - kind: certificate\n          lifetimeDays: 200\n`;
    const free = text.replace(
      "      permissions: minimal\n      graph: [User.Read.All]\n",
      "      capabilities: [users.read]\n",
    );
    expect(rotated(free)).toMatchObject({
      path: "connectors[0].credentials[0].anchor",
      before: null,
      come: ['        - { kind: clientSecret, anchor: "2026-06-24" } # for the old agent'],
    });
    expect(rotated(free, "certificate")).toMatchObject({
      path: "connectors[0].credentials[1].anchor",
      come: ['          anchor: "2026-06-24"'],
    });
  });

  it("keeps Windows line ends", () => {
    const text = `${head}    - name: One\n      profile: conductorone\n`.replaceAll("\n", "\r\n");
    expect(rotated(text)).toMatchObject({ come: ['      anchor: "2026-06-24"\r'] });
  });

  it("takes an entry in braces", () => {
    const text = `${head}    - { name: One, profile: conductorone }\n`;
    expect(rotated(text).come).toEqual(['    - { name: One, profile: conductorone, anchor: "2026-06-24" }']);
  });

  it("refuses where the set-up registration of the entry counts from the same anchor", () => {
    const text = `${head}    - name: One\n      profile: netwrix-1secure-exchange-online\n      nonOwnerMailboxAudit: true\n      prepareMailboxAuditing: true\n      anchor: "2026-11-18"\n`;
    expect(() => rotated(text)).toThrow(/can't be moved alone: .*set-up.* would be renewed too/i);
  });

  it("refuses an entry that is not written out", () => {
    const text = `shared: &one { name: One, profile: conductorone }\n${head}    - *one\n`;
    expect(() => rotated(text)).toThrow(/not written out/);
  });
});
