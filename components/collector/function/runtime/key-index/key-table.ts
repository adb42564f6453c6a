/** What is known of each key, in 14 bytes a slot: a 64-bit hash of the key, 46 bits of its content's, two marks. */

/** Bits of the content's hash beside the first 32. */
export const contentMask = 0x3fff;
const seenMark = 0x4000;
const deadMark = 0x8000;

const shardBits = 6;
const initialSlots = 32;
/** Slots are added before more than this share of them is in use. */
const fullest = 0.8;
/** Small steps: a table that has just grown is still 64 % full. */
const growth = 1.25;

/**
 * An open-addressing table in 64 shards, each grown alone: 1,000,000 keys take 17 to 22 MB, and growing never needs a
 * second copy of more than a 64th.
 */
export class KeyTable {
  private readonly shards = Array.from({ length: 1 << shardBits }, () => new Shard(initialSlots));
  /** Keys in the table, the dead among them. */
  size = 0;

  /** The entry of a key as a cursor; it stays valid until the next `insert`. */
  find(high: number, low: number): Cursor | undefined {
    const shard = this.shard(high);
    const slot = shard.find(high, low);
    return shard.isFree(slot) ? undefined : this.cursor.at(shard, slot);
  }

  /** Adds a key that is not in the table. */
  insert(high: number, low: number, content: number, contentRest: number, seen: boolean): void {
    this.shard(high).insert(high, low, content, contentRest | (seen ? seenMark : 0));
    this.size++;
  }

  private readonly cursor = new Cursor();

  private shard(high: number): Shard {
    const shard = this.shards[high >>> (32 - shardBits)];
    if (shard === undefined) throw new RangeError("The hash is no unsigned 32-bit number.");
    return shard;
  }
}

/** One entry of the table. One cursor is reused for all: keep none. */
class Cursor {
  private shard = new Shard(1);
  private slot = 0;

  at(shard: Shard, slot: number): this {
    this.shard = shard;
    this.slot = slot;
    return this;
  }

  /** The content's hash is that one. */
  has(content: number, contentRest: number): boolean {
    return this.content === content && (this.rest & contentMask) === contentRest;
  }

  get content(): number {
    return this.shard.contents[this.slot] ?? 0;
  }

  get contentRest(): number {
    return this.rest & contentMask;
  }

  /** Yielded in this run. */
  get seen(): boolean {
    return (this.rest & seenMark) !== 0;
  }

  /** Gone: a tombstone came, or is due. */
  get dead(): boolean {
    return (this.rest & deadMark) !== 0;
  }

  /** Sets content and marks of a living entry. */
  set(content: number, contentRest: number, seen: boolean): void {
    this.shard.contents[this.slot] = content;
    this.shard.rests[this.slot] = contentRest | (seen ? seenMark : 0);
  }

  bury(): void {
    this.shard.rests[this.slot] = this.rest | deadMark | seenMark;
  }

  private get rest(): number {
    return this.shard.rests[this.slot] ?? 0;
  }
}

class Shard {
  private highs: Uint32Array;
  private lows: Uint32Array;
  contents: Uint32Array;
  rests: Uint16Array;
  private used = 0;

  constructor(slots: number) {
    this.highs = new Uint32Array(slots);
    this.lows = new Uint32Array(slots);
    this.contents = new Uint32Array(slots);
    this.rests = new Uint16Array(slots);
  }

  isFree(slot: number): boolean {
    return this.lows[slot] === 0;
  }

  /** The slot of a key, or the free one where it belongs. */
  find(high: number, low: number): number {
    const { highs, lows } = this;
    const slots = highs.length;
    let slot = Math.floor((low / 0x1_0000_0000) * slots);
    while (!(highs[slot] === high && lows[slot] === low) && !this.isFree(slot)) {
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
    return slot;
  }

  insert(high: number, low: number, content: number, rest: number): void {
    if (this.used + 1 > this.highs.length * fullest) this.grow();
    const slot = this.find(high, low);
    this.highs[slot] = high;
    this.lows[slot] = low;
    this.contents[slot] = content;
    this.rests[slot] = rest;
    this.used++;
  }

  private grow(): void {
    const { highs, lows, contents, rests } = this;
    const slots = Math.ceil(highs.length * growth) + 1;
    this.highs = new Uint32Array(slots);
    this.lows = new Uint32Array(slots);
    this.contents = new Uint32Array(slots);
    this.rests = new Uint16Array(slots);
    this.used = 0;
    for (let slot = 0; slot < highs.length; slot++) {
      const low = lows[slot] ?? 0;
      if (low !== 0) this.insert(highs[slot] ?? 0, low, contents[slot] ?? 0, rests[slot] ?? 0);
    }
  }
}
