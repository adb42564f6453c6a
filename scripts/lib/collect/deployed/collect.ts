/** Has the deployed function app collect, and watches it. */
import { setTimeout as wait } from "node:timers/promises";
import type { StreamStatus } from "../../../../components/collector/function/model/status";
import { UserError } from "../../errors";
import type { Report, Row } from "../board";
import { type CollectReport, exitCodes, hasEnded } from "../report";
import type { CollectorClient, Selection } from "./client";

/** Milliseconds between two looks. */
const interval = 500;
/** The app tells every 30 seconds that it is at work; silence of all streams for so long means that it is not. */
const longestSilence = 300_000;

export interface DeployedOptions {
  readonly resync: boolean;
  /** Ends the watching; the function app goes on. */
  readonly signal: AbortSignal;
  readonly report: Report;
}

/** What was put into the queue, and how the streams stood before. */
export interface Started {
  readonly rows: readonly Row[];
  readonly before: ReadonlyMap<string, StreamStatus>;
}

/** Puts the selection into the work queue. @throws UserError when nothing was taken */
export async function startDeployed(
  client: CollectorClient,
  selection: Selection,
  resync: boolean,
): Promise<Started> {
  const before = new Map((await client.statuses()).map((status) => [keyOf(status), status]));
  const rows = await client.sync(selection, resync);
  if (rows.length > 0) return { rows, before };
  throw new UserError(`The function app ${client.name} collects none of it.`, {
    next: "What it collects: npm run -s cli -- collect status --deployed",
  });
}

/** Watches until every stream's run is over. */
export async function watchDeployed(
  client: CollectorClient,
  { rows, before }: Started,
  { signal, report }: Omit<DeployedOptions, "resync">,
): Promise<CollectReport> {
  let changedAt = Date.now();
  let seen = "";
  for (;;) {
    const all = new Map((await client.statuses()).map((status) => [keyOf(status), status]));
    const now = rows.map((row) => current(row, all.get(keyOf(row)), before.get(keyOf(row))));
    for (const status of now) report(status);
    const look = JSON.stringify(now);
    if (look !== seen) changedAt = Date.now();
    seen = look;
    const isOver = now.every(hasEnded);
    if (isOver || signal.aborted)
      return { where: "function app", place: client.name, streams: now, leftOut: [] };
    if (Date.now() - changedAt > longestSilence) throw silence(client.name);
    await wait(interval, undefined, { signal }).catch(() => undefined);
  }
}

/** What is there from before the request, and while the stream waits, is of an older run. */
function current(row: Row, status: StreamStatus | undefined, before: StreamStatus | undefined): StreamStatus {
  const isOld = status === undefined || status.updatedAt === before?.updatedAt || status.state === "queued";
  if (!isOld) return status;
  const { run: _, problem: __, ...rest } = status ?? { updatedAt: new Date(0).toISOString() };
  return { ...rest, connector: row.connector, stream: row.stream as StreamStatus["stream"], state: "queued" };
}

function keyOf({ connector, stream }: Row): string {
  return `${connector}/${stream}`;
}

function silence(name: string): UserError {
  return new UserError(`The function app ${name} has told nothing for ${longestSilence / 60_000} minutes.`, {
    next: "Its log says more: Azure portal > the function app > Log stream, or the workspace's AppTraces.",
    exitCode: exitCodes.notComplete,
  });
}
