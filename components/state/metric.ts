/** What a metric is: its texts, what it reads, and how it is counted in one pass over the records. */
import type { Tier } from "../permissions/manifest";
import type { EvidenceRow, MetricResult, ReasonCode, Severity } from "./assessment";
import type { Evidence } from "./evidence";
import type { Accounts } from "./facts/accounts";
import type { AppPrivileges } from "./facts/app-privileges";
import type { RoleHolders } from "./facts/role-holders";
import type { DomainRegistrations, ExchangeReader } from "./outside";
import type { Handlers, RecordName } from "./records";
import type { Lack } from "./source";
import type { ThresholdName, Thresholds } from "./thresholds";

/** What people read about a metric. */
interface MetricTexts {
  /** Also the name of the metric's file. */
  readonly id: string;
  readonly title: string;
  /** What is counted, a sentence. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about a finding. */
  readonly remediation: string;
  readonly severity: Severity;
  readonly origin: MetricResult["origin"];
  /** Properties that it reads, `type.property` in Microsoft Graph's words; outside of Graph by the name of the source. */
  readonly fields: readonly string[];
}

export interface Metric extends MetricTexts {
  /** Without records of all these types it is not assessed. */
  readonly needs: readonly RecordName[];
  /** Reads these as far as they are there. */
  readonly uses?: readonly RecordName[];
  readonly thresholds: readonly ThresholdName[];
  /** Begins one assessment. */
  begin(context: MetricContext): MetricRun;
}

/** What a metric works with in one assessment. */
export interface MetricContext {
  /** Milliseconds. */
  readonly now: number;
  readonly thresholds: Thresholds;
  /** A list of evidence of the size that was asked for. */
  evidence(): Evidence;
  /** Why records of a type are not, or not all, there; undefined: they are. */
  lack(type: RecordName): Lack | undefined;
  /** Users together with their last sign-in: tells `on` once for each, whatever order the records come in. */
  readonly accounts: Accounts;
  /** Who holds which directory role. Complete before users are read. */
  readonly roles: RoleHolders;
  /** What applications may do. Complete before groups are read. */
  readonly apps: AppPrivileges;
  readonly exchange: ExchangeReader | undefined;
  readonly domainRegistrations: DomainRegistrations | undefined;
}

/** One assessment of a metric. */
export interface MetricRun {
  readonly on?: Handlers;
  finish(): Verdict | NotAssessed | Promise<Verdict | NotAssessed>;
}

/** What came out. */
export interface Verdict {
  readonly finding: boolean;
  readonly count: number;
  readonly outOf?: number;
  readonly evidence: Pick<Evidence, "total"> & { rows(): EvidenceRow[] };
  /** What the result leaves out, a sentence. */
  readonly note?: string;
}

/** Why nothing came out. */
export interface NotAssessed {
  readonly notAssessed: Lack;
}

export const notAssessed = (code: ReasonCode, message: string): NotAssessed => ({
  notAssessed: { code, message },
});

/** The policy is not among what was collected, or does not say what is asked. */
export const withoutPolicy = notAssessed(
  "no-data",
  "Microsoft Graph showed no authorization policy, or one without this setting. Collect the stream policies again.",
);

/** For evidence: what is most dangerous stands first. */
export const tierRank = (tier: Tier): number => ["T0", "T1", "T2"].indexOf(tier);

/** Any object found is a finding. */
export function anyIsFinding(evidence: Evidence, outOf?: number): Verdict {
  const count = evidence.total;
  return { finding: count > 0, count, evidence, ...(outOf !== undefined && { outOf }) };
}

/** More than a share of all is a finding. */
export function shareIsFinding(evidence: Evidence, outOf: number, toleratedPercent: number): Verdict {
  const count = evidence.total;
  return { finding: count * 100 > toleratedPercent * outOf, count, outOf, evidence };
}
