import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { projectRoot } from "../../infra/local/paths";
import { Lab } from "../faults/lab";

type Entry = Record<string, unknown>;

/** The committed dev stack, its lock file and the pack, as `up` runs them together. */
describe("up of the dev stack with the policy pack", () => {
  const lab = new Lab();
  beforeAll(async () => {
    await lab.prepare();
    symlinkSync(join(projectRoot(), "policies"), join(lab.root, "policies"));
  });
  afterAll(() => lab.remove());

  function writeDevStack(change: (connectors: Entry[]) => void = () => {}): void {
    const path = join(lab.root, "Pulumi.dev.yaml");
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), path);
    const file = parse(readFileSync(path, "utf8"));
    change(file.config["entra-connectors:connectors"]);
    writeFileSync(path, stringify(file, { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" }));
  }

  async function madeByStack(): Promise<readonly string[]> {
    const { stdout } = await lab.pulumi("stack", "export", "--stack", "dev");
    const { deployment } = JSON.parse(stdout) as { deployment: { resources?: { type: string }[] } };
    return (deployment.resources ?? []).map(({ type }) => type).filter((type) => !type.startsWith("pulumi:"));
  }

  it("refuses a tier-0 permission that nobody acknowledged, with nothing created", async () => {
    writeDevStack((connectors) => {
      for (const one of connectors.filter(({ name }) => name === "ConductorOne"))
        one.provision = ["accounts", "groups", "directoryRoles"];
    });
    const { code, stderr } = await lab.cli("up", "--stack", "dev", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain("RoleManagement.ReadWrite.Directory");
    expect(stderr).toContain("tier0-app-role");
    expect(await madeByStack()).toEqual([]);
  });

  it("refuses what is not in the lock file, with nothing created", async () => {
    writeDevStack((connectors) => {
      for (const one of connectors.filter(({ name }) => name === "ConductorOne"))
        one.provision = ["accounts"];
    });
    const { code, stderr } = await lab.cli("up", "--stack", "dev", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "locked-permissions[GroupMember.ReadWrite.All (Microsoft Graph)] ConductorOne: ",
    );
    expect(await madeByStack()).toEqual([]);
  });

  it("refuses a configuration of the pack that names no rule", async () => {
    writeDevStack();
    const file = join(lab.root, "pack.json");
    writeFileSync(file, JSON.stringify({ "tier0-app-rol": "advisory" }));
    const { code, stderr } = await lab.cli("up", "--stack", "dev", "--yes", "--policy-pack-config", file);
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "tier0-app-role"?');
  });

  it("deploys it as it is committed, and again without a change", async () => {
    writeDevStack();
    await lab.succeed("up", "--stack", "dev", "--yes");
    const again = JSON.parse(await lab.succeed("up", "--stack", "dev", "--yes", "--json"));
    expect(Object.keys(again.changes)).toEqual(["same"]);
  });
});
