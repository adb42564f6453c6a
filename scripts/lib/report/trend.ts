/** How risks moved since the assessments of earlier days, which are kept beside what was collected. */
import {
  type Assessment,
  type AssessmentStore,
  compareAssessments,
  earlierAssessments,
  type KeptAssessment,
  keepAssessment,
} from "../../../components/state";
import type { Trend } from "./model";

/**
 * Compares with the day before and keeps this one. Null: it is the first.
 * @param connectors All of the tenant: whose reading is the best changes
 */
export async function trendOf(
  history: AssessmentStore,
  assessment: Assessment,
  connectors: readonly string[],
): Promise<Trend | null> {
  const now = new Date(assessment.assessedAt);
  const earlier = await earlierAssessments(history, connectors, now);
  await keepAssessment(history, assessment);
  const last = earlier.at(-1);
  if (last === undefined) return null;
  const all = [...earlier, assessment];
  return {
    since: last.assessedAt,
    metrics: compareAssessments(assessment, last),
    history: all.map((one) => ({ at: one.assessedAt, findings: findingsIn(one) })),
  };
}

const findingsIn = ({ metrics }: Pick<KeptAssessment, "metrics"> | Assessment): number =>
  metrics.filter(({ result }) => result === "finding").length;
