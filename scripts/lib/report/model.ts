/** What a report says, in plain values: printed as JSON, and turned to HTML and Markdown. */
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { Tier } from "../../../components/permissions/manifest";
import type { Assessment, MetricTrend } from "../../../components/state";

/** A report. Texts from the tenant are as they were collected: whoever shows them escapes them. */
export interface Report {
  readonly version: 1;
  /** ISO date-time. */
  readonly generatedAt: string;
  readonly stack: string;
  readonly source: ReportSource;
  /** What events are shown of. ISO date-times. */
  readonly period: Period;
  readonly verdict: Verdict;
  /** One a tenant. */
  readonly assessments: readonly Assessment[];
  /** One an assessment; null where there is no earlier one. */
  readonly trends: readonly (Trend | null)[];
  /** One a connector and stream. */
  readonly streams: readonly StreamStatus[];
  readonly gaps: readonly Gap[];
  readonly logons: EventSummary;
  readonly activity: EventSummary;
  readonly mailboxAccess: EventSummary;
  readonly exchange: EventSummary;
  /** Null where the stack's outputs could not be read. */
  readonly permissions: PermissionMatrix | null;
  readonly credentials: readonly Credential[] | null;
  /** What the report leaves out, a sentence each. */
  readonly notes: readonly string[];
}

export interface ReportSource {
  readonly where: "this machine" | "function app";
  /** The folder, or the storage's URI. */
  readonly place: string;
}

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** How bad it is: what a colour says, never alone. */
export type Tone = "danger" | "caution" | "relief" | "plain";

/** The first screen. */
export interface Verdict {
  readonly tone: Tone;
  readonly sentence: string;
  readonly numbers: readonly VerdictNumber[];
}

export interface VerdictNumber {
  readonly value: number;
  readonly label: string;
  readonly tone: Tone;
}

/** Events of one kind, counted over all of the period. */
export interface EventSummary {
  /** True when some connector has collected such events, even if none happened. */
  readonly collected: boolean;
  readonly total: number;
  /** Events that the tables hold: the newest. */
  readonly shown: number;
  readonly series: Series;
  /** The commonest, by heading. */
  readonly top: readonly Top[];
}

/** How a tenant's risks moved. */
export interface Trend {
  /** ISO date-time of the assessment before. */
  readonly since: string;
  readonly metrics: readonly MetricTrend[];
  /** Metrics that found something, by assessment, the oldest first; the last is this report's. */
  readonly history: readonly { readonly at: string; readonly findings: number }[];
}

/** Counts over time. */
export interface Series {
  readonly unit: "hour" | "day";
  readonly names: readonly string[];
  /** Ascending, without holes. */
  readonly points: readonly SeriesPoint[];
}

interface SeriesPoint {
  /** ISO date-time at which the hour or day begins, UTC. */
  readonly at: string;
  /** One a name. */
  readonly counts: readonly number[];
}

export interface Top {
  readonly title: string;
  readonly rows: readonly { readonly name: string; readonly count: number }[];
}

/** Events between two moments are missing. */
export interface Gap {
  readonly connector: string;
  readonly stream: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
  readonly subject: string | null;
}

/** Permission by connector. */
export interface PermissionMatrix {
  readonly connectors: readonly string[];
  readonly rows: readonly PermissionRow[];
}

export interface PermissionRow {
  readonly permission: string;
  /** The API, or `directory role`. */
  readonly family: string;
  readonly tier: Tier;
  /** One a connector. */
  readonly held: readonly boolean[];
}

export interface Credential {
  readonly connector: string;
  readonly kind: string;
  readonly displayName: string;
  /** The one to use. */
  readonly current: boolean;
  /** ISO date-times; null: does not expire. */
  readonly from: string | null;
  readonly until: string | null;
  /** Whole days from the report; negative: expired. */
  readonly daysLeft: number | null;
}
