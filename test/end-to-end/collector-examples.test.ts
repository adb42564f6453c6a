import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lockText } from "../../components/permissions/lock/canonical";
import { lockOf } from "../../components/permissions/lock/lock-of";
import { plan } from "../../components/permissions/plan";
import { projectRoot } from "../../infra/local/paths";
import { parseOutputs } from "../../infra/outputs";
import { parseSettings, settingsFromStackFile } from "../../infra/settings";
import { Lab } from "../faults/lab";

describe("the collector's examples", () => {
  const lab = new Lab();
  beforeAll(async () => {
    await lab.prepare();
    symlinkSync(join(projectRoot(), "policies"), join(lab.root, "policies"));
    mkdirSync(join(lab.root, "locks"));
  });
  afterAll(() => lab.remove());

  function exampleText(name: string): string {
    return readFileSync(join(projectRoot(), "components/collector/examples", `${name}.yaml`), "utf8");
  }

  /** Writes the lock file of an example, and the configuration of a pack that judges by it. */
  function writePackConfig(name: string, rules: object): string {
    const settings = parseSettings(settingsFromStackFile(exampleText(name), name), {
      stack: name,
      now: new Date(),
      fileReader: () => Buffer.from(""),
    });
    const locks = join(lab.root, "locks");
    writeFileSync(join(locks, `${name}.json`), lockText(lockOf(plan(settings))));
    const file = join(lab.root, `${name}-pack.json`);
    writeFileSync(file, JSON.stringify({ "locked-permissions": { lockDirectory: locks }, ...rules }));
    return file;
  }

  async function up(name: string, config: string): Promise<{ readonly changes: object }> {
    const said = await lab.succeed("up", "--stack", name, "--yes", "--policy-pack-config", config, "--json");
    return JSON.parse(said);
  }

  async function exported(name: string): Promise<readonly { readonly type: string }[]> {
    const { stdout } = await lab.pulumi("stack", "export", "--stack", name);
    return (JSON.parse(stdout).deployment.resources ?? []) as { type: string }[];
  }

  it.each([
    ["minimal", {}, ["collect"]],
    ["max", {}, ["collect", "provision"]],
    ["hardened", { "closed-network": { required: true } }, ["collect"]],
  ])("%s passes the policies, and a second deployment changes nothing", async (name, rules, modes) => {
    writeFileSync(join(lab.root, `Pulumi.${name}.yaml`), exampleText(name));
    const config = writePackConfig(name, rules);
    expect(Object.keys((await up(name, config)).changes)).toEqual(["create"]);
    expect(Object.keys((await up(name, config)).changes)).toEqual(["same"]);
    const { stdout } = await lab.pulumi("stack", "output", "--stack", name, "--show-secrets", "--json");
    const { collector } = parseOutputs(JSON.parse(stdout));
    expect(collector?.apps.map(({ mode }) => mode)).toEqual(modes);
  });

  it("is taken down with its own locks", async () => {
    const { code, stdout, stderr } = await lab.pulumi("destroy", "--yes", "--stack", "max");
    expect(code, stdout + stderr).toBe(0);
    expect(await exported("max")).toEqual([]);
  });

  it("refuses a region without the plan before anything is made", async () => {
    const text = exampleText("minimal").replace("location: westeurope", "location: francesouth");
    writeFileSync(join(lab.root, "Pulumi.elsewhere.yaml"), text);
    const { code, stderr } = await lab.cli("up", "--stack", "elsewhere", "--skip-preview");
    expect(code).toBe(1);
    expect(stderr).toContain("azure.location francesouth does not offer this subscription");
    expect((await exported("elsewhere")).filter(({ type }) => !type.startsWith("pulumi:"))).toEqual([]);
  });
});
