import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRepaired, holdings, killedDeployment, randomOf } from "./kills";
import { ended, Lab } from "./lab";

const seed = 20_261_121;
const random = randomOf(seed);
/** An undisturbed deployment prints more lines of progress than the last of these points. */
const points = Array.from({ length: 10 }, () => ({
  lines: 1 + Math.floor(random() * 30),
  milliseconds: Math.floor(random() * 250),
}));

describe("a deployment that is killed", () => {
  const lab = new Lab();
  let undisturbed: Awaited<ReturnType<typeof holdings>>;

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("whole");
    await lab.succeed("up", "--stack", "whole", "--skip-preview");
    undisturbed = await holdings(lab, "whole");
  });
  afterAll(() => lab.remove());

  it("is compared with one that makes two of everything", () => {
    expect(undisturbed.applications).toEqual(["ConductorOne", "Identity Manager Contoso"]);
    expect(undisturbed.principals).toEqual(undisturbed.applications);
    expect(undisturbed.keys.length).toBeGreaterThanOrEqual(2);
  });

  it("is none when it was stopped by a signal: the engine finishes what is under way, and the next goes on", async () => {
    lab.writeStack("stopped");
    // The signal falls while both service principals are being made, before what hangs on them is begun.
    await lab.fault({
      service: "graph",
      method: "POST",
      path: "/servicePrincipals$",
      remaining: 2,
      delay: 8000,
    });
    const child = lab.startCli("up", "--stack", "stopped", "--skip-preview");
    const said = ended(child);
    await expect.poll(() => lab.admin("GET", "/faults"), { timeout: 60_000 }).toEqual([]);
    child.kill("SIGINT");
    const { code, stderr } = await said;
    expect(stderr).toContain("Stopping: the engine finishes what is under way.");
    expect(stderr).toContain("The deployment was stopped before its end.");
    expect(code).toBe(130);
    const next = JSON.parse(await lab.succeed("up", "--stack", "stopped", "--skip-preview", "--json"));
    expect(next).toMatchObject({ repair: null, changes: { create: expect.any(Number) } });
    expect(await holdings(lab, "stopped")).toEqual(undisturbed);
  });

  it.each(points.map((point, index) => ({ ...point, stack: `killed-${index}` })))(
    "is repaired after $lines lines and $milliseconds ms",
    async ({ stack, ...point }) => {
      await lab.clearFaults();
      // Requests wait before they are served, so that a kill often falls between a request and its answer.
      await lab.fault({ service: "graph", method: "POST", delay: 150 });
      lab.writeStack(stack);
      await lab.pulumi("stack", "init", stack);
      expect(await killedDeployment(lab, stack, point)).toBe(true);
      await expectRepaired(lab, stack, undisturbed);
    },
  );
});
