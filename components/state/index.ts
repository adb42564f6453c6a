/**
 * The state of a tenant, judged: risk metrics over what a connector has collected.
 *
 *     const assessment = await assess(collectedState(store, "identity-manager-contoso"));
 */
export { type AssessOptions, assess } from "./assess";
export type { Assessment, EvidenceRow, MetricResult, Severity } from "./assessment";
export { equallyNewMilliseconds, mergeAssessments } from "./merge";
export { askedOnce } from "./outside";
export { rdapRegistrations } from "./rdap";
export type { Lack, StateSource } from "./source";
export { collectedState } from "./store-source";
export {
  parseThreshold,
  type SomeThresholds,
  someThresholdsSchema,
  ThresholdError,
} from "./thresholds";
export {
  type AssessmentStore,
  compareAssessments,
  earlierAssessments,
  type KeptAssessment,
  keepAssessment,
  type MetricTrend,
} from "./trend";
