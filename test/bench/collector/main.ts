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
import { type ContestantName, Race } from "./race";
import { type Standing, speed } from "./speed";

const sizes = {
  usual: { users: 20_000, groups: 2_000, memberships: 100_000, seed: 1 },
  large: { users: 200_000, groups: 20_000, memberships: 1_000_000, seed: 1 },
  oneGroup: { users: 200_000, groups: 20, memberships: 200_000, largestGroup: 200_000, seed: 1 },
} as const;

interface Results {
  speed?: readonly Standing[];
  large?: Figures;
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
      add(incrementGoals(results.increment));
    }
    return parts.has("scale") || parts.has("group") ? readFast(tenant) : undefined;
  });
  if (parts.has("scale") || parts.has("budgets"))
    await onTenant(sizes.large, async (tenant) => {
      if (small !== undefined && parts.has("scale")) {
        results.large = await readFast(tenant);
        add(scaleGoals("200,000 users", small, results.large));
      }
      if (parts.has("budgets")) {
        const names: readonly ContestantName[] = ["ours, pages", "ours, delta"];
        const budgets: BudgetResult[] = [];
        for (const name of names) budgets.push(await underBudgets(tenant, name));
        results.budgets = budgets;
        add(budgets.flatMap(budgetGoals));
      }
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
    ...(results.increment === undefined
      ? []
      : [
          figuresRow("before 100 changes", results.increment.full),
          figuresRow("after 100 changes", results.increment.increment),
        ]),
    ...(results.large === undefined ? [] : [figuresRow("200,000 users", results.large)]),
    ...(results.budgets ?? []).map(({ name, figures }) => figuresRow(`${name}, under budgets`, figures)),
    ...(results.oneGroup === undefined ? [] : [figuresRow("one group of 200,000", results.oneGroup)]),
  ];
  const head = `${"".padEnd(34)}${["seconds", "cpu s", "requests", "429", "RSS MiB", "MB"].map((name) => name.padStart(9)).join("")}\n`;
  return `${rows.length > 0 ? head : ""}${rows.join("")}\n${results.goals.map(goalRow).join("")}`;
}

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
