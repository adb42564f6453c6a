/** Writes each event once, whichever run or page brings it. */

import { ByteText } from "../../json/byte-text";
import { setJson } from "../../json/writes-json";
import type { RecordChange } from "../../model/record";
import type { BlobStore } from "../../storage/store";
import type { StreamEnd } from "../../streams/stream";
import type { Segment } from "../documents";
import { mergeSmall } from "../key-index/extend-index";
import { Hash, hash64 } from "../key-index/hash";
import type { Ledger } from "../ledger";
import type { PartWriter } from "../part-writer";
import type { RecordKind, RecordKinds } from "../record-kinds";
import { UndeclaredTypeError } from "../recorder";
import { type EventIndex, undatedHour } from "./event-index";
import { segmentFrom } from "./hours-format";

const hourMilliseconds = 3_600_000;
/** Of the text of an ISO date-time up to the hour. */
const hourLength = "2026-01-01T00".length;

/** A stream yielded an event that does not say when it happened: a fault of the collector. */
class TimelessEventError extends Error {
  override readonly name = "TimelessEventError";

  constructor(type: string) {
    super(`The stream yielded an event of type "${type}" without the time. Report this as a fault.`);
  }
}

export interface EventPlaces {
  readonly state: BlobStore;
  /** Where joined segments go, ending in a slash. */
  readonly folder: string;
  readonly attempt: number;
  /** Segments of the last commit. */
  readonly committed: readonly Segment[];
}

export class EventLedger implements Ledger {
  records = 0;
  tombstones = 0;
  private readonly hash = new Hash();
  /** JSON of the event at hand. */
  private readonly content = new ByteText();
  /** Events come by the hour: the text up to it, and the number. */
  private lastHour = { text: "", hour: 0 };

  constructor(
    private readonly kinds: RecordKinds,
    private readonly parts: PartWriter,
    private readonly known: EventIndex,
    private readonly places: EventPlaces,
  ) {}

  get segments(): readonly Segment[] {
    return this.known.segments;
  }

  async record(changes: readonly RecordChange[]): Promise<void> {
    const placed = changes.map((change) => {
      const kind = this.kind(change.type);
      return { kind, change, hour: this.hourOf(kind, change.data) };
    });
    await this.known.prepare(new Set(placed.map(({ hour }) => hour)));
    for (const { kind, change, hour } of placed) this.take(kind, change, hour);
    await this.parts.drained();
    await this.known.trim();
  }

  async isKnown(type: string, key: string, at: string): Promise<boolean> {
    const kind = this.kind(type);
    const hour = this.hourOf(kind, { at });
    await this.known.prepare(new Set([hour]));
    hash64(key, kind.keySeed, this.hash);
    return this.known.has(hour, this.hash);
  }

  async settle(): Promise<void> {}

  async finish(): Promise<void> {}

  flush(): Promise<void> {
    return this.known.flush();
  }

  /** Hours that no run will read again are dropped with the segments that end in them. */
  async index(_indexBase: number, { readAgainFrom }: StreamEnd) {
    const { state, folder, attempt, committed } = this.places;
    const from = readAgainFrom === undefined ? 0 : Math.floor(Date.parse(readAgainFrom) / hourMilliseconds);
    const all = [...committed, ...this.segments];
    const undated = all.filter(({ hours }) => hours?.last === undatedHour);
    const dated = all.filter(({ hours }) => hours !== undefined && hours.last >= Math.max(from, 1));
    const merged = (segments: readonly Segment[], name: string, first: number) =>
      mergeSmall(
        state,
        segments,
        (limit) => `${folder}${name}-${attempt}-${limit}.events`,
        (path, bytes) => segmentFrom(path, bytes, first),
      );
    const kept = await merged(undated, "undated", undatedHour);
    return { segments: [...kept, ...(await merged(dated, "merged", from))], whole: false };
  }

  /** A tombstone is written as it is: it takes back what was said before, a gap that was closed. */
  private take(kind: RecordKind, { key, data }: RecordChange, hour: number): void {
    hash64(key, kind.keySeed, this.hash);
    if (data !== null && (!this.known.add(hour, this.hash) || kind.marker)) return;
    if (data !== null) setJson(this.content, data);
    this.parts.add(kind, key, data === null ? undefined : this.content);
    this.records++;
    if (data === null) this.tombstones++;
  }

  private kind(type: string): RecordKind {
    const kind = this.kinds.get(type);
    if (kind === undefined) throw new UndeclaredTypeError(type);
    return kind;
  }

  /** @throws TimelessEventError */
  private hourOf(kind: RecordKind, data: object | null): number {
    if (kind.undated || data === null) return undatedHour;
    const at: unknown = "at" in data ? data.at : undefined;
    if (typeof at !== "string" || !at.endsWith("Z")) throw new TimelessEventError(kind.type);
    const text = at.slice(0, hourLength);
    if (text !== this.lastHour.text) {
      const time = Date.parse(at);
      if (Number.isNaN(time)) throw new TimelessEventError(kind.type);
      this.lastHour = { text, hour: Math.max(undatedHour + 1, Math.floor(time / hourMilliseconds)) };
    }
    return this.lastHour.hour;
  }
}
