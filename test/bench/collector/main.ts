/**
 * What the collector costs, beside what users have today and beside the limit, against the same local tenant.
 *
 *     npm run bench:collector [-- --json] [--only speed,scale,group,increment,budgets,cold-start] [--repeat 3]
 *
 * Every contestant runs in a process of its own; ratios are of one run. The large tenants take minutes to make.
 */
import { parseArgs } from "node:util";
import { type BudgetResult, underBudgets } from "./budgets";
import { type ColdStart, coldStart } from "./cold-start";
import type { Figures } from "./contract";
import {
  budgetGoals,
  coldStartGoals,
  type Goal,
  incrementGoals,
  isMet,
  scaleGoals,
  speedGoals,
} from "./goals";
import { type IncrementResult, increment } from "./increment";
import { BenchTenant } from "./lab";
import { Race } from "./race";
import { type Standing, speed } from "./speed";

const sizes = {
  usual: { users: 20_000, groups: 2_000, memberships: 100_000, seed: 1 },
  large: { users: 200_000, groups: 20_000, memberships: 1_000_000, seed: 1 },
  oneGroup: { users: 200_000, groups: 20, memberships: 200_000, largestGroup: 200_000, seed: 1 },
} as const;

interface Results {
  speed?: readonly Standing[];
  large?: IncrementResult;
  oneGroup?: Figures;
  increment?: IncrementResult;
  budgets?: readonly BudgetResult[];
  coldStart?: ColdStart;
  goals: readonly Goal[];
}

type Part = "speed" | "scale" | "group" | "increment" | "budgets" | "cold-start";
const allParts: readonly Part[] = ["cold-start", "speed", "increment", "scale", "budgets", "group"];

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      only: { type: "string" },
      repeat: { type: "string", default: "3" },
    },
  });
  const parts = new Set<string>(values.only?.split(",") ?? allParts);
  const results = await measure(parts, Number(values.repeat));
  process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : report(results));
}

async function measure(parts: ReadonlySet<string>, repetitions: number): Promise<Results> {
  const results: Results = { goals: [] };
  const add = (goals: readonly Goal[]) => {
    results.goals = [...results.goals, ...goals];
  };
  if (parts.has("cold-start")) {
    results.coldStart = await coldStart();
    add(coldStartGoals(results.coldStart));
  }
  const small = await onTenant(sizes.usual, async (tenant) => {
    if (parts.has("speed")) {
      results.speed = await speed(tenant, [0, 50], repetitions);
      add(speedGoals(results.speed));
    }
    if (parts.has("increment")) {
      results.increment = await increment(tenant);
      add(incrementGoals("20,000 users", results.increment));
    }
    if (parts.has("budgets")) {
      results.budgets = [await underBudgets(tenant, "budget probe"), await underBudgets(tenant, "ours")];
      add(results.budgets.flatMap(budgetGoals));
    }
    return parts.has("scale") || parts.has("group") ? readFast(tenant) : undefined;
  });
  if (small !== undefined && parts.has("scale"))
    await onTenant(sizes.large, async (tenant) => {
      const large = await increment(tenant);
      results.large = large;
      add([...scaleGoals("200,000 users", small, large.full), ...incrementGoals("200,000 users", large)]);
    });
  if (small !== undefined && parts.has("group"))
    await onTenant(sizes.oneGroup, async (tenant) => {
      results.oneGroup = await readFast(tenant);
      add(scaleGoals("one group of 200,000", small, results.oneGroup));
    });
  return results;
}

async function readFast(tenant: BenchTenant): Promise<Figures> {
  await tenant.conditions({ throttling: false, latency: 0 });
  return new Race(tenant).run("ours");
}

async function onTenant<Result>(
  size: Parameters<typeof BenchTenant.start>[0],
  work: (tenant: BenchTenant) => Promise<Result>,
): Promise<Result> {
  const tenant = await BenchTenant.start(size);
  try {
    return await work(tenant);
  } finally {
    await tenant.remove();
  }
}

function report(results: Results): string {
  const rows = [
    ...(results.speed ?? []).flatMap(({ name, latency, runs }) =>
      runs.map((run) => figuresRow(`${name}, ${latency} ms`, run)),
    ),
    ...incrementRows("20,000 users", results.increment),
    ...incrementRows("200,000 users", results.large),
    ...(results.budgets ?? []).map(({ name, figures }) => figuresRow(`${name}, under budgets`, figures)),
    ...(results.oneGroup === undefined ? [] : [figuresRow("one group of 200,000", results.oneGroup)]),
  ];
  const head = `${"".padEnd(34)}${["seconds", "cpu s", "requests", "429", "RSS MiB", "MB"].map((name) => name.padStart(9)).join("")}\n`;
  return `${rows.length > 0 ? head : ""}${rows.join("")}\n${results.goals.map(goalRow).join("")}`;
}

const incrementRows = (what: string, result: IncrementResult | undefined): readonly string[] =>
  result === undefined
    ? []
    : [figuresRow(what, result.full), figuresRow(`${what}, after 100 changes`, result.increment)];

function figuresRow(name: string, run: Figures): string {
  const { seconds, cpuSeconds, requests, throttled, peakRss, bytes } = run;
  const columns = [seconds.toFixed(2), cpuSeconds.toFixed(2), requests, throttled, peakRss.toFixed(0)];
  const megabytes = bytes > 0 ? (bytes / 1e6).toFixed(1) : "";
  return `${name.padEnd(34)}${[...columns, megabytes].map((column) => String(column).padStart(9)).join("")}\n`;
}

function goalRow(goal: Goal): string {
  const { measured, limit, wanted } = goal;
  return `${isMet(goal) ? "met   " : "MISSED"} ${goal.goal.padEnd(52)}${measured.toFixed(3).padStart(9)}   ${wanted} ${limit}\n`;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
