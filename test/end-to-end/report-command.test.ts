import { copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import type { Report } from "../../scripts/lib/report";
import { Lab } from "../faults/lab";

const inDev = ["--stack", "dev"] as const;

/** A report of what the dev stack's function app collected. */
describe("report", () => {
  const lab = new Lab();

  beforeAll(async () => {
    await lab.prepare();
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    await lab.succeed("up", ...inDev, "--skip-preview");
    const { code, stderr } = await lab.cli("collect", "--deployed", ...inDev);
    if (code !== 0 && code !== 3) throw new Error(`collect ended with ${code}:\n${stderr}`);
  });
  afterAll(() => lab.remove());

  it("says of the function app's data what is wrong, as JSON", async () => {
    const report = JSON.parse(await lab.succeed("report", "--deployed", "--json", ...inDev)) as Report;
    expect(report.source.where).toBe("function app");
    expect(report.assessments.map(({ tenant }) => tenant.connector)).toEqual(["collector-contoso"]);
    const assessed = report.assessments[0]!.metrics.filter(({ result }) => result !== "not-assessed");
    expect(assessed.length).toBeGreaterThan(10);
    expect(report.permissions!.connectors).toContain("ConductorOne");
    expect(report.credentials!.length).toBeGreaterThan(0);
    expect([report.logons, report.activity, report.mailboxAccess].map(({ collected }) => collected)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it("writes the page for its owner alone, where it is told to", async () => {
    const file = join(lab.root, "page.html");
    const said = await lab.succeed("report", "--deployed", "--output", file, ...inDev);
    expect(said).toContain(`Report: ${file}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toContain("Credential calendar");
  });

  it("sums up for a ticket and writes no page unless asked", async () => {
    const text = await lab.succeed("report", "--deployed", "--markdown", ...inDev);
    expect(text).toMatch(/^# .+\n/);
    expect(text).toContain("## Risks in ");
    expect(existsSync(join(lab.root, "reports"))).toBe(false);
  });

  it("says what to do where nothing was collected", async () => {
    const { code, stderr } = await lab.cli("report", "--from", join(lab.root, "nothing"), ...inDev);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Nothing has been collected into/);
    expect(stderr).toMatch(/collect/);
  });
});
