/** Assesses all metrics in one pass over each stream, shared by all: memory is what the metrics keep, never the tenant. */
import type { Assessment, MetricResult } from "./assessment";
import { Evidence } from "./evidence";
import { Accounts } from "./facts/accounts";
import { AppPrivileges } from "./facts/app-privileges";
import { RoleHolders } from "./facts/role-holders";
import type { Metric, MetricContext, MetricRun, NotAssessed, Verdict } from "./metric";
import { metrics } from "./metrics";
import type { DomainRegistrations, ExchangeReader } from "./outside";
import { Readings } from "./readings";
import { dispatch, type Handler, type Handlers, type RecordName, streamOf, streamOrder } from "./records";
import type { Lack, StateSource } from "./source";
import { type SomeThresholds, thresholdsSchema } from "./thresholds";

/** Evidence that a metric keeps unless the caller says otherwise. */
const defaultEvidenceLimit = 1_000;

export interface AssessOptions {
  /** The moment that ages are counted to; default now. */
  readonly now?: Date | undefined;
  readonly tenantId?: string | undefined;
  readonly thresholds?: SomeThresholds | undefined;
  /** Rows of evidence that each metric keeps, default 1,000; all are counted. */
  readonly evidenceLimit?: number | undefined;
  /** For whether the unified audit log is on; absent: not assessed. */
  readonly exchange?: ExchangeReader | undefined;
  /** For whether domains' registrations have ended; absent: not assessed. */
  readonly domainRegistrations?: DomainRegistrations | undefined;
}

/** @throws ZodError for thresholds that are none; what can't be read is in the results */
export async function assess(source: StateSource, options: AssessOptions = {}): Promise<Assessment> {
  const now = options.now ?? new Date();
  const readings = await Readings.open(source);
  const roles = new RoleHolders();
  const context: MetricContext = {
    now: now.getTime(),
    thresholds: thresholdsSchema.parse(options.thresholds ?? {}),
    evidence: () => new Evidence(options.evidenceLimit ?? defaultEvidenceLimit),
    lack: (type) => readings.lack(type),
    accounts: new Accounts(),
    roles,
    apps: new AppPrivileges(roles),
    exchange: options.exchange,
    domainRegistrations: options.domainRegistrations,
  };
  const runs = metrics.map((metric) => beginning(metric, context, readings));
  let displayName = "";
  const tenant: Handlers = {
    organization: (organization) => {
      displayName = organization.displayName ?? "";
    },
  };
  await readAll(readings, [tenant, ...handlersOf(context, runs)]);
  context.accounts.end();
  const results: MetricResult[] = [];
  for (const { metric, run } of runs) {
    results.push(await resultOf(metric, run, context, readings, source.connector));
  }
  return {
    version: 1,
    assessedAt: now.toISOString(),
    tenant: { id: options.tenantId ?? "", displayName, connector: source.connector },
    sources: [source.connector],
    metrics: results,
  };
}

interface Begun {
  readonly metric: Metric;
  readonly run: MetricRun | NotAssessed;
}

/** What can't be assessed is not begun. */
function beginning(metric: Metric, context: MetricContext, readings: Readings): Begun {
  const lack = firstLack(metric, readings);
  return { metric, run: lack === undefined ? metric.begin(context) : { notAssessed: lack } };
}

const firstLack = ({ needs }: Metric, readings: Readings): Lack | undefined => {
  for (const type of needs) {
    const lack = readings.lack(type);
    if (lack !== undefined) return lack;
  }
  return undefined;
};

/** Facts first: metrics build on them. */
function handlersOf({ accounts, roles, apps }: MetricContext, runs: readonly Begun[]): readonly Handlers[] {
  const own = runs.flatMap(({ run }) => ("notAssessed" in run || run.on === undefined ? [] : [run.on]));
  return [roles.on, apps.on, accounts.on, ...own];
}

/** Reads every stream that somebody wants something of. */
async function readAll(readings: Readings, all: readonly Handlers[]): Promise<void> {
  const handlers = new Map<string, Handler[]>();
  for (const one of all) {
    for (const [type, handle] of Object.entries(one)) {
      handlers.set(type, [...(handlers.get(type) ?? []), handle as Handler]);
    }
  }
  for (const stream of streamOrder) {
    const types = [...handlers.keys()].filter((type) => streamOf(type as RecordName) === stream);
    if (types.length > 0) await readings.read(stream, new Set(types), (record) => dispatch(record, handlers));
  }
}

async function resultOf(
  metric: Metric,
  run: Begun["run"],
  { thresholds }: MetricContext,
  readings: Readings,
  connector: string,
): Promise<MetricResult> {
  const { id, title, what, why, remediation, severity, origin, fields, needs, uses = [] } = metric;
  const texts = { id, connector, title, what, why, remediation, severity, origin, fields: [...fields] };
  const threshold = metric.thresholds.map((name) => ({ name, value: thresholds[name] }));
  const outcome = await outcomeOf(metric, run, readings);
  if ("notAssessed" in outcome) {
    const { code: reasonCode, message: reason } = outcome.notAssessed;
    const evidence = { rows: [], total: 0 };
    return { ...texts, result: "not-assessed", reasonCode, reason, count: 0, evidence, threshold };
  }
  const { finding, count, outOf, evidence, note } = outcome;
  const asOf = readings.asOf([...needs, ...uses]);
  return {
    ...texts,
    result: finding ? "finding" : "ok",
    ...(note !== undefined && { reason: note }),
    count,
    ...(outOf !== undefined && { outOf }),
    evidence: { rows: evidence.rows(), total: evidence.total },
    threshold,
    ...(asOf !== undefined && { asOf }),
  };
}

/** A stream that could not be read to its end makes what was counted worthless. */
async function outcomeOf(
  metric: Metric,
  run: Begun["run"],
  readings: Readings,
): Promise<Verdict | NotAssessed> {
  if ("notAssessed" in run) return run;
  const lack = firstLack(metric, readings);
  return lack === undefined ? await run.finish() : { notAssessed: lack };
}
