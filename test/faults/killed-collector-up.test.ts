import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import { parseOutputs } from "../../infra/outputs";
import { expectRepaired, holdings, killedDeployment, randomOf } from "./kills";
import { Lab } from "./lab";

const random = randomOf(20_261_122);
/** In the middle of storage, roles, plan and app; an undisturbed deployment prints more lines than the last. */
const points = [18, 26, 34].map((lines) => ({ lines, milliseconds: Math.floor(random() * 400) }));

describe("a deployment of the collector that is killed", () => {
  const lab = new Lab();
  beforeAll(async () => {
    await lab.prepare();
    // Requests wait before they are served, so that a kill often falls between a request and its answer.
    await lab.fault({ service: "arm", method: "PUT", delay: 150 });
  });
  afterAll(() => lab.remove());

  it.each(points.map((point, index) => ({ ...point, stack: `killed-${index}` })))(
    "is repaired after $lines lines and $milliseconds ms, and its app runs",
    async ({ stack, ...point }) => {
      const example = join(projectRoot(), "components/collector/examples/minimal.yaml");
      writeFileSync(join(lab.root, `Pulumi.${stack}.yaml`), readFileSync(example));
      await lab.pulumi("stack", "init", stack);
      expect(await killedDeployment(lab, stack, point)).toBe(true);
      const repaired = await lab.cli("up", "--stack", stack, "--skip-preview", "--settle", "2s");
      expect(repaired.code, repaired.stdout + repaired.stderr).toBe(0);
      await expectRepaired(lab, stack, await holdings(lab, stack));
      expect(await health(stack)).toBe(200);
    },
  );

  async function health(stack: string): Promise<number> {
    const { stdout } = await lab.pulumi("stack", "output", "--stack", stack, "--show-secrets", "--json");
    const [app] = parseOutputs(JSON.parse(stdout)).collector?.apps ?? [];
    return (await fetch(`${app?.url}/api/health`)).status;
  }
});
