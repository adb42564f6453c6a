import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { capabilities } from "../../../components/permissions/capabilities";
import { explain } from "../../../components/permissions/explain";
import { listCatalogue } from "../../../components/permissions/explain/catalogue";
import { explainPermission } from "../../../components/permissions/explain/permission";
import { defaultSets, explainProfile, rolesOf } from "../../../components/permissions/explain/profile";
import { allUses, usesOfProfile } from "../../../components/permissions/explain/uses";
import { findProfile, profiles } from "../../../components/profiles";
import { runCli } from "../../../scripts/lib/program";

describe("uses", () => {
  test("every setting of ConductorOne that brings a permission, and with what", () => {
    const uses = usesOfProfile(findProfile("conductorone")).map(({ because, access, also }) =>
      [because, access, ...also].join(" | "),
    );
    expect(uses).toEqual(
      expect.arrayContaining([
        "sync | read-only",
        "signInActivity: true | read-only",
        "provision: groupOwners | read-write",
        "exchangeGroups: true | read-write",
        "exchangeGroups: true | read-write | exchangeRole: recipient-administrator",
      ]),
    );
  });

  test("nothing that a profile would refuse", () => {
    const custom = usesOfProfile(findProfile("custom"));
    const writing = custom.filter(({ capability }) => capability.effect === "write");
    expect(writing.length).toBeGreaterThan(5);
    expect(writing.every(({ access }) => access === "read-write")).toBe(true);
    expect(new Set(custom.map(({ capability }) => capability.id)).size).toBe(capabilities.length);
  });

  test("every capability has somebody who uses it", () => {
    const used = new Set(allUses().map(({ capability }) => capability.id));
    expect(capabilities.filter(({ id }) => !used.has(id))).toEqual([]);
  });
});

test("an Azure role of the collector is explained by its name or its id", () => {
  const [byName] = explain("storage blob data owner", { settings: [] });
  expect(byName).toMatchObject({ kind: "azureRole", role: { on: "storage account", tier: "T2" } });
  expect(explain("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", { settings: [] })).toEqual([byName]);
  expect(() => explain("Owner", { settings: [] })).toThrow(/Azure role of the collector/);
});

describe("a permission", () => {
  test("what would do with less, what covers it, and where vendors print it", () => {
    const directory = explainPermission("graph", "Directory.Read.All");
    expect(directory.judgement.tier).toBe("T2");
    expect(directory.uses.map(({ capability }) => capability.id)).toEqual(["delegated-grants.read"]);
    expect(directory.narrower).toContainEqual({
      task: "Read users",
      by: [{ api: "graph", value: "User.Read.All", tier: "T2" }],
    });
    expect(directory.printed.map(({ profile }) => profile)).toEqual(
      expect.arrayContaining(["netwrix-identity-manager", "conductorone", "netwrix-1secure-entra-id"]),
    );
    const users = explainPermission("graph", "User.Read.All");
    expect(users.coveredBy.map(({ value }) => value)).toContain("Directory.Read.All");
    expect(users.uses.map(({ profile }) => profile)).toContain("conductorone");
  });

  test("nothing narrower has a permission that its own capability does not need", () => {
    for (const { api, value } of listCatalogue({ tier: "T0" })) {
      for (const { by } of explainPermission(api, value).narrower) {
        expect(by.map((one) => one.value)).not.toContain(value);
      }
    }
  });

  test("of another API is not described in Graph's words", () => {
    const [graph, sharePoint] = ["graph", "sharePointOnline"] as const;
    const name = "User.ReadWrite.All";
    expect(explainPermission(graph, name).plainWords).toMatch(/^It can /);
    expect(explainPermission(sharePoint, name).plainWords).toContain("SharePoint user profiles");
  });
});

describe("a profile", () => {
  test("the least beside the vendor's list", () => {
    const { printed, defaults } = explainProfile(findProfile("netwrix-identity-manager"));
    expect(printed.map(({ list, instead }) => [list.title, instead.length])).toEqual([
      ["export", 4],
      ["export and fulfilment", 4],
    ]);
    expect(defaults.map(({ access }) => access)).toEqual(["read-only", "read-write"]);
  });

  test("every profile explains itself; read-only sets are of tier T2", () => {
    for (const profile of profiles) {
      expect(explainProfile(profile).uses.length).toBeGreaterThan(0);
      for (const { access, manifest } of defaultSets(profile)) {
        if (access === "read-only") expect(rolesOf(manifest).filter(({ tier }) => tier !== "T2")).toEqual([]);
      }
    }
  });
});

describe("the commands", () => {
  let out: string[];
  let err: string[];

  beforeEach(() => {
    [out, err] = [[], []];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  });
  afterEach(() => vi.restoreAllMocks());

  test.each([
    ...profiles.map(({ id }) => id),
    ...capabilities.map(({ id }) => id),
    "Directory.ReadWrite.All",
    "df021288-bdef-4463-88db-98f22de89214",
    "exchange administrator",
    "provision",
    "tenantId",
  ])("explain %s: fits a terminal of 110 columns and answers in JSON too", async (word) => {
    expect(await runCli(["permissions", "explain", word])).toBe(0);
    const text = out.join("");
    expect(text).not.toMatch(/undefined|\[object|…/);
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(110);
    out.length = 0;
    expect(await runCli(["permissions", "explain", word, "--json"])).toBe(0);
    expect(JSON.parse(out.join("")).length).toBeGreaterThan(0);
  });

  test("explain of a misspelt word: what was meant, and exit code 1", async () => {
    expect(await runCli(["permissions", "explain", "conductorrone"])).toBe(1);
    expect(err.join("")).toContain('Did you mean "conductorone"?');
    expect(out).toEqual([]);
  });

  test("explain with --api asks one API", async () => {
    expect(await runCli(["permissions", "explain", "User.Read.All", "--json", "--api", "graph"])).toBe(0);
    expect(JSON.parse(out.join(""))).toHaveLength(1);
  });

  test("list filters, and refuses what does not exist", async () => {
    expect(await runCli(["permissions", "list", "--json", "--tier", "T0", "--used-by", "conductorone"])).toBe(
      0,
    );
    const values = (JSON.parse(out.join("")) as { value: string }[]).map(({ value }) => value);
    expect(values).toEqual(["AppRoleAssignment.ReadWrite.All", "RoleManagement.ReadWrite.Directory"]);
    expect(await runCli(["permissions", "list", "--tier", "T9"])).not.toBe(0);
    expect(await runCli(["permissions", "list", "--used-by", "nobody"])).not.toBe(0);
  });

  test("list counts the whole catalogue", async () => {
    expect(await runCli(["permissions", "list", "--api", "graph"])).toBe(0);
    expect(out.join("")).toContain("716 permissions.");
  });
});

test("a word of another case finds the same", () => {
  const settings = [{ name: "access", section: "s", accepts: "a", description: "d" }];
  expect(explain("USER.READ.ALL", { settings }).map(({ kind }) => kind)).toContain("permission");
  expect(explain("Access", { settings }).map(({ kind }) => kind)).toEqual(["setting"]);
});
