/** Takes in events of one kind: counts all of the period, keeps the newest for the table. */
import type { EventSummary, Period } from "../model";
import { ColumnTable, type PackedTable, type TableColumn } from "./column-table";
import { Counter } from "./counter";
import { TimeSeries } from "./time-series";

/** What a kind of event is to a report. */
export interface EventKind {
  readonly id: string;
  /** Accessible name of the table. */
  readonly label: string;
  /** Columns after the first, which is the time. */
  readonly columns: readonly string[];
  /** What is told apart over time. */
  readonly series: readonly string[];
  /** Headings of what is counted. */
  readonly tops: readonly string[];
  /** Undefined: not to be shown. */
  read(data: unknown, connector: string): EventRow | undefined;
}

export interface EventRow {
  /** One a column after the first. */
  readonly cells: readonly string[];
  /** One of `series`. */
  readonly series: string;
  /** One a heading; an empty text is not counted. */
  readonly tops: readonly string[];
}

export class EventDigest {
  collected = false;
  private readonly table: ColumnTable;
  private readonly series: TimeSeries;
  private readonly counters: readonly Counter[];
  private readonly from: number;
  private readonly to: number;

  constructor(
    private readonly kind: EventKind,
    period: Period,
    limit: number,
  ) {
    const columns: TableColumn[] = [{ title: "Time (UTC)", kind: "time" }];
    for (const title of kind.columns) columns.push({ title, kind: "text" });
    this.table = new ColumnTable(columns, limit);
    this.series = new TimeSeries(period, kind.series);
    this.counters = kind.tops.map((title) => new Counter(title));
    this.from = Date.parse(period.from);
    this.to = Date.parse(period.to);
  }

  /** @param data What was collected of an event; `at` says when it happened */
  add(data: Readonly<Record<string, unknown>>, connector: string): void {
    const at = Date.parse(String(data.at));
    // A clock that is ahead of ours makes no event vanish.
    if (!(at >= this.from && at < this.to + 86_400_000)) return;
    const row = this.kind.read(data, connector);
    if (row === undefined) return;
    this.table.add([at, ...row.cells]);
    this.series.add(at, row.series);
    for (const [index, counter] of this.counters.entries()) counter.add(row.tops[index] ?? "");
  }

  summary(): EventSummary {
    return {
      collected: this.collected,
      total: this.table.total,
      shown: this.table.rows,
      series: this.series.result(),
      top: this.counters.map((counter) => counter.top()),
    };
  }

  pack(): PackedTable {
    return this.table.pack(this.kind.id, this.kind.label);
  }
}
