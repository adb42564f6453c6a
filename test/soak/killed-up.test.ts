import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectRepaired, holdings, killedDeployment, randomOf } from "../faults/kills";
import { Lab, tenantId, twoConnectors } from "../faults/lab";

const random = randomOf(Number(process.env.KILL_SEED ?? 7));
const points = Array.from({ length: 40 }, () => ({
  lines: 1 + Math.floor(random() * 30),
  milliseconds: Math.floor(random() * 400),
}));

/** With a vault: its resources are named by the stack, so that many stacks stand side by side. */
const withVault = {
  ...twoConnectors,
  "entra-connectors:azure": {
    tenantId,
    subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
    location: "westeurope",
  },
  "entra-connectors:vault": {},
};

describe("deployments that are killed, with a vault", () => {
  const lab = new Lab();
  let undisturbed: unknown;

  beforeAll(async () => {
    await lab.prepare();
    lab.writeStack("whole", withVault);
    await lab.succeed("up", "--stack", "whole", "--skip-preview");
    undisturbed = await holdings(lab, "whole");
    for (const service of ["graph", "arm", "key-vault"]) {
      for (const method of ["POST", "PUT"]) await lab.fault({ service, method, delay: 150 });
    }
  });
  afterAll(() => lab.remove());

  it.each(points.map((point, index) => ({ ...point, stack: `soak-${index}` })))(
    "is repaired after $lines lines and $milliseconds ms",
    async ({ stack, ...point }) => {
      lab.writeStack(stack, withVault);
      await lab.pulumi("stack", "init", stack);
      expect(await killedDeployment(lab, stack, point)).toBe(true);
      await expectRepaired(lab, stack, undisturbed);
    },
  );
});
