/** Which events are recorded: hashes of their keys by the hour in which they happened, loaded when that hour is read. */
import type { BlobStore } from "../../storage/store";
import type { Segment } from "../documents";
import type { Hash } from "../key-index/hash";
import { MalformedIndexError } from "../key-index/segment-reader";
import { numbered } from "../paths";
import { HashSet } from "./hash-set";
import { decodeHours, encodeHours } from "./hours-format";

/** What may be in memory. */
interface IndexBounds {
  /** Slots of hashes, 8 bytes each, before hours that were not used lately go. */
  readonly slots: number;
  /** New hashes that wait to be stored. */
  readonly fresh: number;
}

const usualBounds: IndexBounds = { slots: 1_000_000, fresh: 200_000 };
/** Bytes of segments that are kept, since hours are asked for one after the other. */
const mostCached = 8 * 1024 * 1024;

/** The place of what is remembered for good. */
export const undatedHour = 0;

interface Hour {
  readonly known: HashSet;
  /** Not in the store yet: halves of hashes in turn. */
  fresh: number[];
}

export class EventIndex {
  /** The least lately used comes first. */
  private readonly hours = new Map<number, Hour>();
  private readonly own: Segment[];
  private readonly cache = new Map<string, Buffer>();
  private slots = 0;
  private fresh = 0;
  private number = 0;

  constructor(
    private readonly store: BlobStore,
    /** Where this run's segments go, ending in a slash. */
    private readonly folder: string,
    private readonly attempt: number,
    /** Of the last commit. */
    private readonly committed: readonly Segment[],
    /** Of this run before its savepoint. */
    before: readonly Segment[],
    private readonly bounds = usualBounds,
  ) {
    this.own = [...before];
  }

  /** This run's segments that are in the store. */
  get segments(): readonly Segment[] {
    return this.own;
  }

  /** Brings hours into memory: before `has` and `add` are asked for them. @throws what the store throws, MalformedIndexError */
  async prepare(wanted: ReadonlySet<number>): Promise<void> {
    const loading = new Map<number, Hour>();
    for (const hour of wanted) {
      const there = this.hours.get(hour);
      this.hours.delete(hour);
      if (there === undefined) loading.set(hour, { known: new HashSet(), fresh: [] });
      else this.hours.set(hour, there);
    }
    if (loading.size === 0) return;
    for (const segment of [...this.committed, ...this.own]) {
      const { first = 0, last = 0 } = segment.hours ?? {};
      if (![...loading.keys()].some((hour) => hour >= first && hour <= last)) continue;
      decodeHours(segment.path, await this.bytes(segment.path), (hour) => {
        const known = loading.get(hour)?.known;
        return known && ((high, low) => void known.add(high, low));
      });
    }
    for (const [hour, loaded] of loading) {
      this.hours.set(hour, loaded);
      this.slots += loaded.known.capacity;
    }
  }

  has(hour: number, hash: Hash): boolean {
    return this.hour(hour).known.has(hash);
  }

  /** @returns false when it was there */
  add(hour: number, { high, low }: Hash): boolean {
    const place = this.hour(hour);
    const before = place.known.capacity;
    if (!place.known.add(high, low)) return false;
    this.slots += place.known.capacity - before;
    place.fresh.push(high, low);
    this.fresh++;
    return true;
  }

  /** Keeps memory within its bounds. @throws what the store throws */
  async trim(): Promise<void> {
    if (this.fresh > this.bounds.fresh || this.slots > this.bounds.slots) await this.flush();
    for (const [hour, { known }] of this.hours) {
      if (this.slots <= this.bounds.slots) break;
      this.hours.delete(hour);
      this.slots -= known.capacity;
    }
  }

  /** Stores what is new. @throws what the store throws */
  async flush(): Promise<void> {
    if (this.fresh === 0) return;
    const changed = [...this.hours].filter(([, { fresh }]) => fresh.length > 0).sort(([a], [b]) => a - b);
    // Apart from the others: a segment is dropped when the last of its hours is over.
    await this.write(changed.filter(([hour]) => hour === undatedHour));
    await this.write(changed.filter(([hour]) => hour !== undatedHour));
    this.fresh = 0;
  }

  private async write(changed: readonly (readonly [number, Hour])[]): Promise<void> {
    const [first, last] = [changed[0]?.[0], changed.at(-1)?.[0]];
    if (first === undefined || last === undefined) return;
    const bytes = encodeHours(changed.map(([hour, { fresh }]) => ({ hour, hashes: fresh })));
    const path = `${this.folder}${numbered("segment", this.attempt, ++this.number)}.events`;
    await this.store.write(path, bytes);
    const entries = changed.reduce((sum, [, { fresh }]) => sum + fresh.length / 2, 0);
    this.own.push({ path, entries, gone: 0, bytes: bytes.length, hours: { first, last } });
    for (const [, hour] of changed) hour.fresh = [];
  }

  private hour(hour: number): Hour {
    const there = this.hours.get(hour);
    if (there === undefined) throw new RangeError(`Hour ${hour} of the event index was not prepared.`);
    return there;
  }

  private async bytes(path: string): Promise<Buffer> {
    const cached = this.cache.get(path);
    if (cached !== undefined) return cached;
    const blob = await this.store.read(path);
    if (blob === undefined) throw new MalformedIndexError(path);
    let size = blob.bytes.length;
    for (const bytes of this.cache.values()) size += bytes.length;
    if (size > mostCached) this.cache.clear();
    this.cache.set(path, blob.bytes);
    return blob.bytes;
  }
}
