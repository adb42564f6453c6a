import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRepaired, holdings, killedDeployment, randomOf } from "./kills";
import { Lab } from "./lab";

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
    // Requests wait before they are served, so that a kill often falls between a request and its answer.
    await lab.fault({ service: "graph", method: "POST", delay: 150 });
  });
  afterAll(() => lab.remove());

  it("is compared with one that makes two of everything", () => {
    expect(undisturbed.applications).toEqual(["ConductorOne", "Identity Manager Contoso"]);
    expect(undisturbed.principals).toEqual(undisturbed.applications);
    expect(undisturbed.keys.length).toBeGreaterThanOrEqual(2);
  });

  it.each(points.map((point, index) => ({ ...point, stack: `killed-${index}` })))(
    "is repaired after $lines lines and $milliseconds ms",
    async ({ stack, ...point }) => {
      lab.writeStack(stack);
      await lab.pulumi("stack", "init", stack);
      expect(await killedDeployment(lab, stack, point)).toBe(true);
      await expectRepaired(lab, stack, undisturbed);
    },
  );
});
