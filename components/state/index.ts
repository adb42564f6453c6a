/**
 * The state of a tenant, judged: risk metrics over what a connector has collected.
 *
 *     const assessment = await assess(collectedState(store, "identity-manager-contoso"));
 */
export { type AssessOptions, assess } from "./assess";
export type { Assessment, EvidenceRow, MetricResult, ReasonCode, Severity } from "./assessment";
export type { DomainRegistrations, ExchangeReader } from "./outside";
export { type RdapOptions, rdapRegistrations } from "./rdap";
export type { Lack, StateSource, StreamReading } from "./source";
export { collectedState } from "./store-source";
export {
  compareAssessments,
  earlierAssessments,
  type KeptAssessment,
  keepAssessment,
  type MetricTrend,
} from "./trend";
