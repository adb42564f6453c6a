import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockStacks } from "../../../scripts/lib/review/lock-stacks";
import { rotate } from "../../../scripts/lib/rotate/run";
import { stackOutputs } from "../scripts/outputs";

vi.mock("../../../scripts/lib/stack/outputs", () => ({ readOutputs: async () => stackOutputs() }));

const stackFile = `config:
  entra-connectors:tenantId: contoso.onmicrosoft.com
  entra-connectors:asOf: "2026-11-21T10:00:00Z"
  entra-connectors:connectors:
    - name: ConductorOne
      profile: conductorone
      anchor: "2025-11-05" # begun
    - name: Later
      profile: conductorone
      anchor: "2026-11-01"
`;
const rotated = stackFile.replace("2025-11-05", "2025-08-28");

describe("rotate", () => {
  let cwd = "";
  const settings = () => readFileSync(join(cwd, "Pulumi.a.yaml"), "utf8");
  const lock = () => readFileSync(join(cwd, "infra/permissions/a.json"), "utf8");
  const options = () => ({ stack: "a", cwd });
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), "rotate-"));
    writeFileSync(join(cwd, "Pulumi.yaml"), "name: test\n");
    writeFileSync(join(cwd, "Pulumi.a.yaml"), stackFile);
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(cwd, { recursive: true });
  });

  it("changes one line, and keeps comment and rights of the file", async () => {
    chmodSync(join(cwd, "Pulumi.a.yaml"), 0o640);
    const { written, lockFile } = await rotate("conductorone", options());
    expect({ written, lockFile }).toEqual({ written: true, lockFile: undefined });
    expect(settings()).toBe(rotated);
    expect(statSync(join(cwd, "Pulumi.a.yaml")).mode & 0o777).toBe(0o640);
  });

  it("writes the lock file along with it, where that was up to date", async () => {
    lockStacks({ stacks: ["a"], directory: cwd, write: true });
    const before = lock();
    await rotate("conductorone", { ...options(), dryRun: true });
    expect([settings(), lock()]).toEqual([stackFile, before]);
    expect((await rotate("conductorone", options())).lockFile).toBe("infra/permissions/a.json");
    expect(lock()).toBe(before.replace("2025-11-05", "2025-08-28"));
  });

  it("leaves a stale lock file to a review of its own", async () => {
    lockStacks({ stacks: ["a"], directory: cwd, write: true });
    const before = lock();
    writeFileSync(
      join(cwd, "Pulumi.a.yaml"),
      stackFile.replace("Later\n", "Later\n      access: read-write\n"),
    );
    expect((await rotate("conductorone", options())).lockFile).toBeUndefined();
    expect(lock()).toBe(before);
  });

  it("writes nothing of a leak's rotation before somebody agreed", async () => {
    const leaked = { ...options(), compromised: true } as const;
    await expect(rotate("conductorone", leaked)).rejects.toThrow(/stops signing in.*Nobody is here/);
    expect(settings()).toBe(stackFile);
    await rotate("conductorone", { ...leaked, yes: true });
    expect(settings()).toBe(stackFile.replace("2025-11-05", "2025-07-29"));
  });

  it("refuses a connector that was not deployed yet", async () => {
    await expect(rotate("later", options())).rejects.toThrow(/has not been deployed yet/);
  });
});
