/** What several connectors say of one tenant, as one assessment: each metric once, from who knows it best. */
import type { Assessment, MetricResult } from "./assessment";

/** Snapshots so close are equally new: connectors that are collected daily are never collected at one moment. */
export const equallyNewMilliseconds = 86_400_000;

/**
 * Of each metric the best result: one that was assessed, of the newest snapshot, that leaves nothing out, of the widest
 * reading; each counts among those that are alike in what comes before it. Where nobody could assess a metric, the
 * reason of the widest reading stands.
 * @param assessments Of one tenant and moment, that of the widest reading first; at least one
 */
export function mergeAssessments(assessments: readonly [Assessment, ...Assessment[]]): Assessment {
  const [widest] = assessments;
  const all = assessments.flatMap(({ metrics }) => metrics);
  const metrics = [...new Set(all.map(({ id }) => id))].flatMap(
    (id) =>
      bestOf(
        all.filter((metric) => metric.id === id),
        widest.assessedAt,
      ) ?? [],
  );
  const sources = sourcesOf(metrics, widest.tenant.connector);
  const displayName = assessments.find(({ tenant }) => tenant.displayName !== "")?.tenant.displayName ?? "";
  return { ...widest, tenant: { ...widest.tenant, displayName }, sources, metrics };
}

function bestOf(results: readonly MetricResult[], assessedAt: string): MetricResult | undefined {
  const assessed = results.filter(({ result }) => result !== "not-assessed");
  // What no stream is read for is as new as the assessment.
  const age = ({ asOf = assessedAt }: MetricResult): number => Date.parse(asOf);
  const newest = Math.max(...assessed.map(age));
  const fresh = assessed.filter((one) => age(one) >= newest - equallyNewMilliseconds);
  return fresh.find(({ reason }) => reason === undefined) ?? fresh[0] ?? results[0];
}

/** Who a result is from, whoever most are from first. */
function sourcesOf(metrics: readonly MetricResult[], widest: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const { result, connector } of metrics) {
    if (result !== "not-assessed") counts.set(connector, (counts.get(connector) ?? 0) + 1);
  }
  if (counts.size === 0) return [widest];
  return [...counts].sort(([, a], [, b]) => b - a).map(([connector]) => connector);
}
