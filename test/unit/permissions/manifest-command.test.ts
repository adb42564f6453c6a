import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { projectRoot } from "../../../infra/local/paths";
import { runCli } from "../../../scripts/lib/program";

const stackFile = `encryptionsalt: v1:abc
config:
  entra-connectors:tenantId: 6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f
  entra-connectors:connectors:
    - profile: conductorone
      name: ConductorOne
      access: read-write
      provision: [directoryRoles]
      anchor: 2026-01-01
`;

describe("permissions manifest", () => {
  let folder: string;
  let out: string[];
  let err: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "manifest-"));
    out = [];
    err = [];
    vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
    vi.spyOn(process.stderr, "write").mockImplementation((text) => err.push(String(text)) > 0);
  });

  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  async function run(text: string, ...more: string[]): Promise<number> {
    const file = join(folder, "Pulumi.contoso.yaml");
    writeFileSync(file, text);
    return runCli(["permissions", "manifest", "--settings", file, ...more]);
  }

  test("as a table: the collector's Azure roles too, where there is a collector", async () => {
    expect(await run(stackFile)).toBe(0);
    expect(out.join("")).not.toContain("in Azure");
    out.length = 0;
    const file = join(folder, "collector.yaml");
    writeFileSync(file, readFileSync(join(projectRoot(), "components/collector/examples/minimal.yaml")));
    expect(await runCli(["permissions", "manifest", "--settings", file])).toBe(0);
    expect(out.join("")).toMatch(/T2 +Storage Blob Data Owner +storage account of the collector/);
  });

  test("as JSON: what a reviewer and a program need, and a warning about what must be acknowledged", async () => {
    expect(await run(stackFile, "--json")).toBe(0);
    expect(JSON.parse(out.join(""))).toMatchObject({
      connectors: [
        {
          name: "ConductorOne",
          profile: "conductorone",
          apis: [
            {
              resourceAppId: "00000003-0000-0000-c000-000000000000",
              roles: expect.arrayContaining([
                {
                  value: "RoleManagement.ReadWrite.Directory",
                  id: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8",
                  tier: "T0",
                  because: [
                    "Assign and unassign directory roles (provision: directoryRoles)",
                    expect.stringMatching(/^covers RoleManagement\.Read\.Directory: /),
                  ],
                },
              ]),
            },
          ],
          directoryRoles: [],
          credentials: [{ kind: "clientSecret", lifetimeDays: 180 }],
          consent: "grant",
          needsAcknowledgement: [{ rule: "tier0-app-role", acknowledged: false }],
        },
      ],
    });
    expect(err.join("")).toMatch(
      /warning ConductorOne: RoleManagement\.ReadWrite\.Directory needs an acknowledgement/,
    );
  });

  test("as a table for a person", async () => {
    expect(await run(stackFile)).toBe(0);
    const text = out.join("");
    expect(text).toMatch(/^1 connector, \d+ permissions and directory roles: \d of tier T0, /);
    expect(text).toContain("T0 is a path to Global Administrator");
    expect(text).toMatch(/^ConductorOne {2}ConductorOne \(conductorone\) · read-write · tenant \S+$/m);
    expect(text).toContain("Signs in by client secret of 180 days, renewed 30 days before its end.");
    expect(text).toMatch(/^ {2}T0 +RoleManagement\.ReadWrite\.Directory +make anybody an/m);
    expect(text).toMatch(/covers\s[^;]*RoleManagement\.Read\.Directory$/m);
    const tiers = text.split("\n").flatMap((line) => /^ {2}(T[012]) /.exec(line)?.[1] ?? []);
    expect(tiers).toEqual([...tiers].sort());
  });

  test("bad settings, a missing file, no stack: exit code 1 and nothing on standard output", async () => {
    expect(await run(stackFile.replace("access:", "acess:"))).toBe(1);
    expect(err.join("")).toMatch(/Pulumi\.contoso\.yaml has \d problems?[\s\S]*Did you mean "access"\?/);
    expect(await runCli(["permissions", "manifest", "--settings", join(folder, "none.yaml")])).toBe(1);
    expect(await runCli(["permissions", "manifest"])).toBe(1);
    expect(out).toEqual([]);
  });
});

test("settings lists every setting of every profile", async () => {
  const out: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => out.push(String(text)) > 0);
  expect(await runCli(["settings", "--json"])).toBe(0);
  write.mockRestore();
  const sections: { title: string; settings: { name: string; description: string }[] }[] = JSON.parse(
    out.join(""),
  );
  const names = sections.flatMap(({ settings }) => settings.map(({ name }) => name));
  expect(names).toEqual(
    expect.arrayContaining([
      "profile",
      "credentials",
      "exchangeGroups",
      "logons",
      "subscriptionId",
      "expires",
    ]),
  );
  expect(
    sections.flatMap(({ settings }) => settings.filter(({ description }) => description === "")),
  ).toEqual([]);
});
