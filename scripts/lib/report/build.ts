/** Makes a report of what is committed in a store. Memory: what the assessment keeps, and the newest rows of the tables. */
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import {
  type Assessment,
  type AssessmentStore,
  type AssessOptions,
  askedOnce,
  assess,
  collectedState,
  mergeAssessments,
} from "../../../components/state";
import type { NamedConnector } from "../connectors";
import { credentialCalendar } from "./credentials";
import { readEvents } from "./events";
import type { PackedTable } from "./events/column-table";
import { evidenceTables } from "./evidence";
import type { Period, Report, ReportSource, Trend } from "./model";
import type { OutsideOf } from "./outside";
import { permissionMatrix } from "./permissions";
import { connectorsIn, type Subjects, subjectsOf } from "./subjects";
import type { TenantSubject } from "./tenants";
import type { ThresholdsOf } from "./thresholds";
import { trendOf } from "./trend";
import { verdictOf } from "./verdict";

export interface ReportInput {
  readonly stack: string;
  readonly source: ReportSource;
  readonly store: CollectorStore;
  /** Where assessments are kept by day. */
  readonly history: AssessmentStore;
  /** The stack's; null where its outputs could not be read. */
  readonly connectors: readonly NamedConnector[] | null;
  /** What may be asked outside of the collected data; absent: nothing. */
  readonly outside?: OutsideOf;
  /** What the risks of a tenant tolerate; absent: as by default. */
  readonly thresholds?: ThresholdsOf;
  /** Rows of evidence that a metric keeps; absent: 1,000. */
  readonly evidenceLimit?: number | undefined;
  readonly days: number;
  readonly now: Date;
  readonly notes?: readonly string[];
  /** Rows that a table of events holds at most. */
  readonly rowLimit?: number;
}

/** A report, and the long tables that only the page shows. */
export interface BuiltReport {
  readonly report: Report;
  readonly tables: readonly PackedTable[];
}

/** What each tenant's metrics say, and how that moved. */
export interface Assessed {
  readonly subjects: Subjects;
  readonly assessments: readonly Assessment[];
  readonly trends: readonly (Trend | null)[];
}

export async function buildReport(input: ReportInput): Promise<BuiltReport> {
  return composeReport(input, await assessTenants(input));
}

/** Assesses every tenant of the store, compares with the day before, and keeps what came out. */
export async function assessTenants({ store, now, connectors, ...input }: ReportInput): Promise<Assessed> {
  const subjects = await subjectsOf(store, await connectorsIn(store), connectors ?? [], {
    runner: input.source.where,
    now,
  });
  const assessments: Assessment[] = [];
  const trends: (Trend | null)[] = [];
  for (const tenant of subjects.tenants) {
    const { tenantId, connectors: all } = tenant;
    const assessment = await assessTenant(store, tenant, {
      now,
      tenantId,
      thresholds: input.thresholds?.(tenantId),
      evidenceLimit: input.evidenceLimit,
      ...askedOnce(input.outside?.(tenantId) ?? {}),
    });
    assessments.push(assessment);
    trends.push(await trendOf(input.history, assessment, all));
  }
  return { subjects, assessments, trends };
}

/** A tenant has its risks once, however many connectors read it. */
async function assessTenant(
  store: CollectorStore,
  { readers: [widest, ...others] }: TenantSubject,
  options: AssessOptions,
): Promise<Assessment> {
  const first = await assess(collectedState(store, widest), options);
  const rest: Assessment[] = [];
  for (const connector of others) rest.push(await assess(collectedState(store, connector), options));
  return mergeAssessments([first, ...rest]);
}

/** The rest of a report: events, permissions, credentials, and what all of it comes to. */
export async function composeReport(
  input: ReportInput,
  { subjects, assessments, trends }: Assessed,
): Promise<BuiltReport> {
  const { store, now, connectors, days, rowLimit } = input;
  const period = periodOf(now, days);
  const { tables, ...events } = await readEvents(store, subjects.events, period, rowLimit);
  const known = {
    generatedAt: now.toISOString(),
    assessments,
    streams: subjects.streams,
    gaps: events.gaps,
    credentials: connectors === null ? null : credentialCalendar(connectors, now),
  };
  const report: Report = {
    version: 1,
    stack: input.stack,
    source: input.source,
    period,
    verdict: verdictOf(known),
    ...known,
    trends,
    ...events,
    permissions:
      connectors === null ? null : permissionMatrix(connectors.map((one) => one.connector.manifest)),
    notes: input.notes ?? [],
  };
  return { report, tables: [...tables, ...evidenceTables(assessments)] };
}

function periodOf(now: Date, days: number): Period {
  return { from: new Date(now.getTime() - days * 86_400_000).toISOString(), to: now.toISOString(), days };
}
