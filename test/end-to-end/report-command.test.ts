import { copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolderStore } from "../../components/collector/function/storage/folder-store";
import { projectRoot } from "../../infra/local/paths";
import { historyFolder } from "../../scripts/lib/collect/local/folder";
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

  it("keeps its trend until everything is purged: in the storage and on this machine, of the connector meant alone", async () => {
    const collector = "collector-contoso";
    // Of a day on which the storage could only be read from here, and of another connector.
    const own = openFolderStore(historyFolder("dev")).state;
    const before = { version: 1, assessedAt: "2026-01-02T03:04:05.000Z", metrics: [] };
    for (const slug of [collector, "conductorone"]) {
      await own.write(`${slug}/assessments/2026-01-02.json`, Buffer.from(JSON.stringify(before)));
    }
    const onMachine = async () => {
      const paths: string[] = [];
      for await (const path of own.list("")) paths.push(path);
      return paths.sort();
    };
    const since = async () => {
      const report = JSON.parse(await lab.succeed("report", "--deployed", "--json", ...inDev)) as Report;
      return report.trends.map((trend) => trend?.since);
    };
    expect(await since()).toEqual([before.assessedAt]);
    const purge = async (...args: readonly string[]) =>
      JSON.parse(
        await lab.succeed("collect", "purge", collector, ...args, "--deployed", "--yes", "--json", ...inDev),
      ) as { connector: string; stream: string; blobs: number }[];
    const ofReports = (await purge("-s", "domains")).filter(({ stream }) => stream === "assessments");
    expect(ofReports).toEqual([]);
    expect(await since()).toEqual([before.assessedAt]);

    const kept = (await onMachine()).filter((path) => path.startsWith(collector)).length;
    const purged = (await purge()).filter(({ stream }) => stream === "assessments");
    expect(purged).toContainEqual({ connector: collector, stream: "assessments", blobs: kept, busy: false });
    expect(await onMachine()).toEqual(["conductorone/assessments/2026-01-02.json"]);
    await lab.cli("collect", collector, "--deployed", ...inDev);
    expect(await since()).toEqual([undefined]);
  });

  it("says what to do where nothing was collected", async () => {
    const { code, stderr } = await lab.cli("report", "--from", join(lab.root, "nothing"), ...inDev);
    expect(code).toBe(1);
    expect(stderr).toMatch(/Nothing has been collected into/);
    expect(stderr).toMatch(/collect/);
  });
});
