/** A page of the key table: open addressing in typed arrays of fixed size. */

/** With 2,048 pages 1,000,000 to 1,300,000 keys find room. */
const slots = 768;
/** More keys make searches long. */
const fullest = Math.floor(slots * 0.85);

/** Where the columns begin in `words`. */
const lows = slots;
const contents = 2 * slots;

export class KeyPage {
  private readonly words = new Uint32Array(3 * slots);
  private readonly rests = new Uint16Array(slots);
  private used = 0;

  /** @param depth how many first bits of the hash the keys of the page share */
  constructor(public depth: number) {}

  get isFull(): boolean {
    return this.used >= fullest;
  }

  /** No hash has a lower half of 0. */
  isFree(slot: number): boolean {
    return this.words[lows + slot] === 0;
  }

  /** The slot of a key, or the free one where it belongs. */
  find(high: number, low: number): number {
    const { words } = this;
    let slot = Math.floor((low / 0x1_0000_0000) * slots);
    for (;;) {
      const there = words[lows + slot];
      if (there === 0 || (there === low && words[slot] === high)) return slot;
      slot = slot + 1 === slots ? 0 : slot + 1;
    }
  }

  insert(high: number, low: number, content: number, rest: number): void {
    const slot = this.find(high, low);
    this.words[slot] = high;
    this.words[lows + slot] = low;
    this.set(slot, content, rest);
    this.used++;
  }

  content(slot: number): number {
    return this.words[contents + slot] ?? 0;
  }

  /** 16 bits that belong to the table. */
  rest(slot: number): number {
    return this.rests[slot] ?? 0;
  }

  set(slot: number, content: number, rest: number): void {
    this.words[contents + slot] = content;
    this.rests[slot] = rest;
  }

  /** Moves the keys whose next bit is 1 to a new page. */
  split(): KeyPage {
    scratchWords.set(this.words);
    scratchRests.set(this.rests);
    this.words.fill(0);
    this.used = 0;
    this.depth++;
    const upper = new KeyPage(this.depth);
    const bit = 32 - this.depth;
    for (let slot = 0; slot < slots; slot++) {
      const low = scratchWords[lows + slot] ?? 0;
      if (low === 0) continue;
      const high = scratchWords[slot] ?? 0;
      const page = (high >>> bit) & 1 ? upper : this;
      page.insert(high, low, scratchWords[contents + slot] ?? 0, scratchRests[slot] ?? 0);
    }
    return upper;
  }
}

const scratchWords = new Uint32Array(3 * slots);
const scratchRests = new Uint16Array(slots);
