/**
 * What the rules cost: previews of 1,000 resources with the pack and with a pack of one empty rule, by turns in the same
 * run, and the ratio of their medians. Limit: 1.10. Prints one line a run and the result as JSON.
 *
 *   npx tsx test/bench/policies.ts [--rounds 3] [--resources 1000]
 */
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { lockText } from "../../components/permissions/lock/canonical";
import { parseLock } from "../../components/permissions/lock/parse";
import { projectRoot } from "../../infra/local/paths";
import { type Declared, JudgedProject } from "../policies/engine/project";
import { goodConfig, goodLock, goodSettings, goodStack } from "../policies/stacks";

const limit = 1.1;

/** A stack of whole copies of the good one, every rule still content: what is measured is judging, not printing findings. */
function largeStack(count: number) {
  const copies = Array.from({ length: Math.ceil(count / goodStack.length) }, (_, index) => `c${index}`);
  const lock = parseLock(goodLock(), "good.json");
  const [acknowledgement] = goodSettings.acknowledgements;
  const names = copies.flatMap((copy) => goodSettings.connectors.map(({ name }) => renamed(name, copy)));
  return {
    resources: copies.flatMap((copy) => goodStack.map((one) => copied(one, copy))),
    lock: lockText({
      ...lock,
      connectors: copies.flatMap((copy) =>
        lock.connectors.map((one) => ({ ...one, name: renamed(one.name, copy) })),
      ),
    }),
    settings: {
      connectors: names.map((name) => ({ name })),
      acknowledgements: names.map((connector) => ({ ...acknowledgement, connector })),
    },
  };
}

/** `c3 sync`, whose short name is `c3-sync`, as its resources are named. */
function renamed(name: string, copy: string): string {
  return `${copy} ${name.toLowerCase()}`;
}

function copied({ parent, ...one }: Declared, copy: string): Declared {
  const text = JSON.stringify(one.properties, (key, value) => {
    if (key === "output") return `${copy}-${value}`;
    if (key === "displayName") return renamed(value, copy);
    return key === "manifest" ? withName(value, copy) : value;
  });
  return {
    ...one,
    name: `${copy}-${one.name}`,
    ...(parent === undefined ? {} : { parent: `${copy}-${parent}` }),
    properties: JSON.parse(text),
  };
}

function withName(manifest: string, copy: string): string {
  const content = JSON.parse(manifest);
  return JSON.stringify({ ...content, name: renamed(content.name, copy) });
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
    const { resources, lock, settings } = largeStack(Number(values.resources));
    project.write("locks/dev.json", lock);
    project.declare(resources, settings);
    const config = { ...goodConfig, "locked-permissions": { lockDirectory: project.locks } };
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
      resources: resources.length,
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
