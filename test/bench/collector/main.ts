/**
 * What the collector costs, beside what users have today and beside the limit, against the same local tenant.
 *
 *     npm run bench:collector [-- --json] [--only speed,scale,…] [--repeat 3]
 *
 * Parts: cold-start, speed, increment, scale, budgets, group; sign-ins, exchange, log-budget (streams of events).
 * Every contestant runs in a process of its own; ratios are of one run. The large tenants take minutes to make.
 */
import { parseArgs } from "node:util";
import { underBudgets } from "./budgets";
import { coldStart } from "./cold-start";
import type { Figures } from "./contract";
import { exchange, logBudget, signIns } from "./events";
import {
  budgetGoals,
  coldStartGoals,
  exchangeGoals,
  type Goal,
  incrementGoals,
  logBudgetGoals,
  scaleGoals,
  signInGoals,
  speedGoals,
} from "./goals";
import { increment } from "./increment";
import { BenchTenant } from "./lab";
import { Race } from "./race";
import { type Results, report } from "./report";
import { speed } from "./speed";

const sizes = {
  usual: { users: 20_000, groups: 2_000, memberships: 100_000, seed: 1 },
  large: { users: 200_000, groups: 20_000, memberships: 1_000_000, seed: 1 },
  oneGroup: { users: 200_000, groups: 20, memberships: 200_000, largestGroup: 200_000, seed: 1 },
} as const;

/** Parts that need a directory of 20,000 users. */
const directoryParts = ["speed", "increment", "scale", "budgets", "group"];
const allParts = ["cold-start", ...directoryParts, "sign-ins", "exchange", "log-budget"];

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
  if (directoryParts.some((part) => parts.has(part)))
    await measureDirectory(parts, repetitions, results, add);
  if (parts.has("sign-ins")) {
    results.signIns = await signIns(repetitions);
    add(signInGoals(results.signIns));
  }
  if (parts.has("exchange")) {
    results.exchange = await exchange(repetitions);
    add(exchangeGoals(results.exchange));
  }
  if (parts.has("log-budget")) {
    results.logBudget = await logBudget();
    add(logBudgetGoals(results.logBudget));
  }
  return results;
}

async function measureDirectory(
  parts: ReadonlySet<string>,
  repetitions: number,
  results: Results,
  add: (goals: readonly Goal[]) => void,
): Promise<void> {
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

main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
