/** Kills a deployment at a chosen point, repairs it by our `up`, and looks at what is left in the tenant. */
import { expect } from "vitest";
import { killTree, type Lab } from "./lab";

/** A small repeatable random generator (mulberry32), so that a failing point can be run again by its seed. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** When to kill: so many lines of progress after the first, and then so many milliseconds. */
export interface KillPoint {
  readonly lines: number;
  readonly milliseconds: number;
}

/**
 * Starts the engine and kills it, its language host, its plugins and the program at the point.
 * @returns false when the deployment was over before
 */
export async function killedDeployment(lab: Lab, stack: string, point: KillPoint): Promise<boolean> {
  const child = lab.startPulumi("up", "--yes", "--skip-preview", "--stack", stack);
  let lines = 0;
  const reached = new Promise<boolean>((resolve) => {
    child.once("close", () => resolve(false));
    child.stdout?.on("data", (bytes: Buffer) => {
      lines += bytes
        .toString("utf8")
        .split("\n")
        .filter((line) => /azure(ad|-native):/.test(line)).length;
      if (lines >= point.lines) setTimeout(() => resolve(true), point.milliseconds);
    });
  });
  const inTime = await reached;
  killTree(child);
  return inTime;
}

type Entry = Readonly<Record<string, unknown>>;

/** Counts what belongs to a stack in the tenant. */
export async function holdings(lab: Lab, stack: string) {
  const applications = (await lab.graph("/applications?$top=999")).filter((one) => isOf(stack, one));
  const principals = (await lab.graph("/servicePrincipals?$top=999")).filter((one) =>
    applications.some(({ appId }) => appId === one.appId),
  );
  const grants = await Promise.all(
    principals.map(
      async (one) =>
        [
          one.displayName,
          (await lab.graph(`/servicePrincipals/${one.id}/appRoleAssignments`)).length,
        ] as const,
    ),
  );
  return {
    applications: sorted(applications.map(({ displayName }) => String(displayName))),
    principals: sorted(principals.map(({ displayName }) => String(displayName))),
    keys: sorted(
      applications.flatMap((one) =>
        (one.passwordCredentials as Entry[]).map((key) => String(key.displayName)),
      ),
    ),
    grants: Object.fromEntries(grants),
  };
}

function isOf(stack: string, { tags }: Entry): boolean {
  return (tags as string[]).some((tag) => tag.startsWith(`entra-connectors:${stack}/`));
}

function sorted(texts: readonly string[]): string[] {
  return [...texts].sort();
}

/** Our `up` ends well, a second one changes nothing, and the tenant holds what an undisturbed deployment makes. */
export async function expectRepaired(lab: Lab, stack: string, undisturbed: unknown): Promise<string> {
  const repaired = await lab.succeed("up", "--stack", stack, "--skip-preview", "--settle", "2s", "--json");
  const left = await lab.pulumi("preview", "--stack", stack, "--expect-no-changes");
  expect(left.stdout).toContain("unchanged");
  expect(left.code).toBe(0);
  expect(await holdings(lab, stack)).toEqual(undisturbed);
  return repaired;
}
