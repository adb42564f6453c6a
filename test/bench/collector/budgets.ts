/** Under Microsoft's documented budgets, which the tenant enforces: how near the time that they imply. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chargeOf } from "../../../components/collector/function/graph/budget/costs";
import type { SentRequest } from "./contestants/contestant";
import type { Figures } from "./contract";
import type { BenchTenant } from "./lab";
import { type ContestantName, Race } from "./race";

/** A tenant of more than 500 users: a bucket of 8,000 units that fills in ten seconds. */
const bucket = 8_000;
const unitsPerSecond = 800;

export interface BudgetResult {
  readonly name: ContestantName;
  readonly figures: Figures;
  /** What all requests cost, items of batches by themselves. */
  readonly units: number;
  /** Seconds that nobody can beat who starts with a full bucket. */
  readonly implied: number;
  /** Seconds of the same run without budgets: what is left when the budget is not the limit. */
  readonly unthrottled: number;
  /** Of all requests and items of batches. */
  readonly throttledShare: number;
}

export async function underBudgets(tenant: BenchTenant, name: ContestantName): Promise<BudgetResult> {
  const race = new Race(tenant);
  await tenant.conditions({ throttling: false, latency: 0 });
  const free = await race.run(name);
  await tenant.conditions({ throttling: true, latency: 0 });
  const figures = await race.run(name);
  const paths = pathsOf(tenant);
  const units = paths.reduce((sum, path) => sum + chargeOf(path).units, 0);
  return {
    name,
    figures,
    units,
    implied: Math.max(0, (units - bucket) / unitsPerSecond),
    unthrottled: free.seconds,
    throttledShare: figures.throttled / paths.length,
  };
}

/** Every GET of the run, by itself or within a batch, as a path below the version. */
function pathsOf(tenant: BenchTenant): readonly string[] {
  const text = readFileSync(join(tenant.root, "requests.json"), "utf8");
  return (JSON.parse(text) as SentRequest[]).flatMap(({ path, body }) => {
    if (body === undefined) return [path.replace(/^\/graph\/(v1\.0|beta)/, "")];
    return (JSON.parse(body) as { requests: { url: string }[] }).requests.map(({ url }) => url);
  });
}
