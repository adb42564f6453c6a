/** Assessments kept by day, and what changed between two of them. */
import { z } from "zod";
import { assessmentsPrefix } from "../collector/function/runtime/paths";
import type { BlobStore } from "../collector/function/storage/store";
import { type Assessment, type EvidenceRow, type MetricResult, thresholdSchema } from "./assessment";

const foundSchema = z.object({ id: z.string(), name: z.string() });

const keptSchema = z.object({
  version: z.literal(1),
  /** ISO date-time. */
  assessedAt: z.string(),
  metrics: z.array(
    z.object({
      id: z.string(),
      result: z.enum(["ok", "finding", "not-assessed"]),
      count: z.number(),
      /** What was tolerated; absent in those that were kept before it was. */
      threshold: z.array(thresholdSchema).exactOptional(),
      /** Of the objects found, those that the evidence held. */
      found: z.array(foundSchema),
    }),
  ),
});

/** An assessment without its texts. */
export type KeptAssessment = z.output<typeof keptSchema>;
type KeptMetric = KeptAssessment["metrics"][number];

/** Where assessments are kept. */
export type AssessmentStore = Pick<BlobStore, "read" | "write" | "list">;

/**
 * Keeps an assessment as that of its day (UTC); a later one of the day replaces it. What is of a connector's reading is
 * kept with that connector, so that it goes with what it was found in.
 */
export async function keepAssessment(state: AssessmentStore, assessment: Assessment): Promise<void> {
  for (const connector of new Set(assessment.metrics.map((metric) => metric.connector))) {
    await keepOf(state, connector, assessment);
  }
}

async function keepOf(
  state: AssessmentStore,
  connector: string,
  { assessedAt, metrics }: Assessment,
): Promise<void> {
  const own = metrics.filter((metric) => metric.connector === connector);
  const kept: KeptAssessment = {
    version: 1,
    assessedAt,
    metrics: own.map(({ id, result, count, threshold, evidence }) => ({
      id,
      result,
      count,
      threshold,
      found: evidence.rows.map((row) => ({ id: row.id, name: row.name })),
    })),
  };
  const path = `${assessmentsPrefix(connector)}${assessedAt.slice(0, 10)}.json`;
  await state.write(path, Buffer.from(JSON.stringify(kept)));
}

/**
 * Assessments of a tenant on the days before a moment's, the oldest first, each metric once a day. One that can't be read,
 * of another version for example, is left out: it is a picture of the past that nothing depends on.
 * @param connectors All of the tenant
 * @param most So many of the last days
 */
export async function earlierAssessments(
  state: AssessmentStore,
  connectors: readonly string[],
  before: Date,
  most = 90,
): Promise<readonly KeptAssessment[]> {
  const today = before.toISOString().slice(0, 10);
  const days = new Map<string, string[]>();
  for (const connector of connectors) {
    for await (const path of state.list(assessmentsPrefix(connector))) {
      const day = path.slice(assessmentsPrefix(connector).length).replace(/\.json$/, "");
      if (day < today) days.set(day, [...(days.get(day) ?? []), path]);
    }
  }
  const kept: KeptAssessment[] = [];
  for (const [, paths] of [...days].sort(([a], [b]) => (a < b ? -1 : 1)).slice(-most)) {
    const blobs = await Promise.all(paths.map((path) => state.read(path)));
    const one = ofOneDay(blobs.flatMap((blob) => (blob && parsed(blob.bytes)) ?? []));
    if (one !== undefined) kept.push(one);
  }
  return kept;
}

/** Of a metric that several connectors kept, the last that was said, and of what was said at once what was assessed. */
function ofOneDay(all: readonly KeptAssessment[]): KeptAssessment | undefined {
  const [last, ...before] = [...all].sort((a, b) => Date.parse(b.assessedAt) - Date.parse(a.assessedAt));
  if (last === undefined) return undefined;
  const metrics = new Map<string, { readonly at: string; readonly metric: KeptMetric }>();
  for (const { assessedAt: at, metrics: own } of [last, ...before]) {
    for (const metric of own) {
      const known = metrics.get(metric.id);
      const better = known?.at === at && known.metric.result === "not-assessed";
      if (known === undefined || better) metrics.set(metric.id, { at, metric });
    }
  }
  return { ...last, metrics: [...metrics.values()].map(({ metric }) => metric) };
}

function parsed(bytes: Buffer): KeptAssessment | undefined {
  try {
    return keptSchema.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}

/** How a metric moved since an earlier assessment. */
export interface MetricTrend {
  readonly id: string;
  /** `unknown`: one of the two was not assessed, or another threshold held. */
  readonly change: "new" | "resolved" | "more" | "fewer" | "same" | "unknown";
  /** Objects more, or fewer where negative. */
  readonly difference: number;
  /** Objects of the evidence that were not found before; only where the evidence before was whole. */
  readonly added: readonly EvidenceRow[];
  /** Objects that are not found any more; only where the evidence now is whole. */
  readonly gone: readonly z.output<typeof foundSchema>[];
}

/** Compares each metric of an assessment with an earlier one. */
export function compareAssessments(now: Assessment, before: KeptAssessment): readonly MetricTrend[] {
  const earlier = new Map(before.metrics.map((metric) => [metric.id, metric]));
  return now.metrics.map((metric) => compared(metric, earlier.get(metric.id)));
}

function compared(now: MetricResult, before: KeptMetric | undefined): MetricTrend {
  if (
    before === undefined ||
    now.result === "not-assessed" ||
    before.result === "not-assessed" ||
    !sameThreshold(now, before)
  ) {
    return { id: now.id, change: "unknown", difference: 0, added: [], gone: [] };
  }
  const { rows, total } = now.evidence;
  const known = new Set(before.found.map(({ id }) => id));
  const found = new Set(rows.map(({ id }) => id));
  return {
    id: now.id,
    change: changeOf(now, before),
    difference: now.count - before.count,
    added: before.found.length >= before.count ? rows.filter(({ id }) => !known.has(id)) : [],
    gone: rows.length >= total ? before.found.filter(({ id }) => !found.has(id)) : [],
  };
}

/** By another threshold less is found because less is looked for. */
const sameThreshold = (now: MetricResult, { threshold }: KeptMetric): boolean =>
  threshold === undefined || JSON.stringify(now.threshold) === JSON.stringify(threshold);

type Outcome = Pick<MetricResult, "result" | "count">;

function changeOf(now: Outcome, before: Outcome): MetricTrend["change"] {
  if (now.result !== before.result) return now.result === "finding" ? "new" : "resolved";
  if (now.count === before.count) return "same";
  return now.count > before.count ? "more" : "fewer";
}
