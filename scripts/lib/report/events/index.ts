/** Events of a collector's store: read once, in a stream, into counts and the tables of the page. */
import type { StreamName } from "../../../../components/collector/function/model/stream-names";
import { readCommit, readCommitted } from "../../../../components/collector/function/runtime/read-committed";
import type { CollectorStore } from "../../../../components/collector/function/storage/store";
import type { EventSummary, Gap, Period } from "../model";
import { activity } from "./activity";
import { cleanText, textAt } from "./clean-text";
import type { PackedTable } from "./column-table";
import { EventDigest } from "./digest";
import { exchange } from "./exchange";
import { logons } from "./logons";
import { mailboxAccess } from "./mailbox-access";

/** Rows of a table that the page gets; all are counted. */
const defaultRowLimit = 100_000;

export interface EventReport {
  readonly logons: EventSummary;
  readonly activity: EventSummary;
  readonly mailboxAccess: EventSummary;
  readonly exchange: EventSummary;
  readonly gaps: readonly Gap[];
  readonly tables: readonly PackedTable[];
}

/** Whose copy of which stream is read: several connectors of one tenant may collect the same events. */
export type EventSources = readonly { readonly connector: string; readonly stream: StreamName }[];

export async function readEvents(
  store: CollectorStore,
  sources: EventSources,
  period: Period,
  rowLimit = defaultRowLimit,
): Promise<EventReport> {
  const digest = {
    signIn: new EventDigest(logons, period, rowLimit),
    directoryAudit: new EventDigest(activity, period, rowLimit),
    exchangeActivity: new EventDigest(exchange, period, rowLimit),
    mailboxAccess: new EventDigest(mailboxAccess, period, rowLimit),
  };
  const byType = new Map<string, EventDigest>(Object.entries(digest));
  const gaps = new Map<string, Gap>();
  for (const { connector, stream } of sources) {
    const commit = await readCommit(store, connector, stream);
    for (const { type } of commit?.types ?? []) {
      const known = byType.get(type);
      if (known !== undefined) known.collected = true;
    }
    for await (const { type, key, data } of readCommitted(store, connector, stream)) {
      if (type === "gap") noteGap(gaps, `${connector}/${stream}/${key}`, connector, stream, data);
      else if (data !== null) byType.get(type)?.add(data, connector);
    }
  }
  const own = Object.values(digest);
  return {
    logons: digest.signIn.summary(),
    activity: digest.directoryAudit.summary(),
    mailboxAccess: digest.mailboxAccess.summary(),
    exchange: digest.exchangeActivity.summary(),
    gaps: [...gaps.values()].filter(({ to }) => to >= period.from),
    tables: own.filter(({ collected }) => collected).map((one) => one.pack()),
  };
}

/** A gap that was filled after all is none. */
function noteGap(
  gaps: Map<string, Gap>,
  key: string,
  connector: string,
  stream: string,
  data: object | null,
): void {
  if (data === null) gaps.delete(key);
  else {
    const text = (name: string): string => textAt(data, name);
    const subject = text("subject") || null;
    gaps.set(key, {
      connector: cleanText(connector),
      stream,
      from: text("from"),
      to: text("to"),
      reason: text("reason"),
      subject,
    });
  }
}
