/**
 * What the rules cost: previews of 1,000 resources with the pack and with a pack of one empty rule, by turns in the same
 * run, and the ratio of their medians. Limit: 1.10. Prints one line a run and the result as JSON.
 *
 *   npx tsx test/bench/policies.ts [--rounds 3] [--resources 1000]
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "../../infra/local/paths";
import { type Declared, JudgedProject } from "../policies/engine/project";
import { goodLock, goodSettings, goodStack } from "../policies/stacks";

const limit = 1.1;

/** The good stack's resources over and over, each copy under names of its own, until there are enough. */
function manyResources(count: number): Declared[] {
  const resources: Declared[] = [];
  for (let copy = 0; resources.length < count; copy += 1) {
    const named = (name: string) => `c${copy}-${name}`;
    for (const { parent, ...one } of goodStack) {
      resources.push({
        ...one,
        name: named(one.name),
        ...(parent === undefined ? {} : { parent: named(parent) }),
        properties: JSON.parse(JSON.stringify(one.properties), (key, value) =>
          key === "output" ? named(value) : value,
        ),
      });
    }
  }
  return resources.slice(0, count);
}

/** A pack with one rule that does nothing, as an engine's cost of having a pack at all. */
function writeEmptyPack(project: JudgedProject): string {
  const pack = join(project.root, "empty-pack");
  mkdirSync(pack);
  symlinkSync(join(projectRoot(), "node_modules"), join(pack, "node_modules"));
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nversion: 0.0.1\n");
  writeFileSync(join(pack, "package.json"), '{ "name": "empty", "version": "0.0.1", "main": "index.js" }');
  writeFileSync(
    join(pack, "index.js"),
    `const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("empty", { policies: [{ name: "nothing", description: "Nothing.", enforcementLevel: "mandatory", validateResource: () => {} }] });
`,
  );
  return pack;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await run();
  return (performance.now() - startedAt) / 1000;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { rounds: { type: "string", default: "3" }, resources: { type: "string", default: "1000" } },
  });
  const project = new JudgedProject();
  try {
    await project.prepare();
    project.write("locks/dev.json", goodLock());
    project.declare(manyResources(Number(values.resources)), goodSettings);
    // Findings would stop nothing at a preview but print a lot: the rules judge all the same.
    const config = { all: "advisory", "locked-permissions": { lockDirectory: project.locks } };
    writeFileSync(join(project.root, "bench.json"), JSON.stringify(config));
    const packs = {
      none: [],
      empty: ["--policy-pack", writeEmptyPack(project)],
      ours: [
        "--policy-pack",
        join(projectRoot(), "policies"),
        "--policy-pack-config",
        join(project.root, "bench.json"),
      ],
    };
    const seconds: Record<keyof typeof packs, number[]> = { none: [], empty: [], ours: [] };
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      for (const name of Object.keys(packs) as (keyof typeof packs)[]) {
        const took = await timed(async () => {
          const { code, output } = await project.pulumi("preview", "--suppress-outputs", ...packs[name]);
          if (code !== 0) throw new Error(output.slice(-2_000));
        });
        seconds[name].push(took);
        process.stderr.write(`round ${round}  ${name.padEnd(5)}  ${took.toFixed(1)} s\n`);
      }
    }
    const ratio = median(seconds.ours) / median(seconds.empty);
    const result = {
      resources: Number(values.resources),
      secondsWithoutPack: median(seconds.none),
      secondsWithEmptyPack: median(seconds.empty),
      secondsWithAllRules: median(seconds.ours),
      emptyToNone: median(seconds.empty) / median(seconds.none),
      oursToEmpty: ratio,
      limit,
    };
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    process.exitCode = ratio <= limit ? 0 : 1;
  } finally {
    project.remove();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
