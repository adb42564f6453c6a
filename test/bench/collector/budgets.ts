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
/** Of the probe: 2,000 groups at 8 units, four times. */
const rounds = 4;

export interface BudgetResult {
  readonly name: ContestantName;
  readonly figures: Figures;
  /** What all requests cost, items of batches by themselves. */
  readonly units: number;
  /** Seconds that nobody can beat who starts with a full bucket. */
  readonly implied: number;
  /** Of all requests and items of batches. */
  readonly throttledShare: number;
}

export async function underBudgets(tenant: BenchTenant, name: ContestantName): Promise<BudgetResult> {
  await tenant.conditions({ throttling: true, latency: 0 });
  const figures = await new Race(tenant).run(name, { options: { rounds } });
  const paths = pathsOf(tenant);
  const units = paths.reduce((sum, path) => sum + chargeOf(path).units, 0);
  return {
    name,
    figures,
    units,
    implied: Math.max(0, (units - bucket) / unitsPerSecond),
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
