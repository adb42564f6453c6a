/** What is known of each key, in 14 bytes a slot: a 64-bit hash of the key, 46 bits of its content's, two marks. */
import { KeyPage } from "./key-page";

/** Bits of the content's hash beside the first 32. */
export const contentMask = 0x3fff;
const seenMark = 0x4000;
const deadMark = 0x8000;

const firstDepth = 4;
const lastDepth = 28;

/**
 * Extendible hashing: pages of fixed size, found by the first bits of the hash; one that is full is split in two. So
 * growing leaves no garbage, and 1,000,000 keys take 22 MB.
 */
export class KeyTable {
  private depth = firstDepth;
  private directory: KeyPage[] = Array.from({ length: 1 << firstDepth }, () => new KeyPage(firstDepth));
  private readonly entry = new KnownKey();

  /** What is known of a key; one object for all, valid until the next call. */
  find(high: number, low: number): KnownKey | undefined {
    const page = this.page(high);
    const slot = page.find(high, low);
    return page.isFree(slot) ? undefined : this.entry.at(page, slot);
  }

  /** Adds a key that is not in the table. */
  insert(high: number, low: number, content: number, contentRest: number, seen: boolean): void {
    this.add(high, low, content, contentRest | (seen ? seenMark : 0));
  }

  /** Adds a key that is not in the table and is gone. */
  insertDead(high: number, low: number): void {
    this.add(high, low, 0, deadMark | seenMark);
  }

  private add(high: number, low: number, content: number, rest: number): void {
    let page = this.page(high);
    while (page.isFull) {
      this.split(page, high);
      page = this.page(high);
    }
    page.insert(high, low, content, rest);
  }

  private page(high: number): KeyPage {
    const page = this.directory[high >>> (32 - this.depth)];
    if (page === undefined) throw new RangeError("The hash is no unsigned 32-bit number.");
    return page;
  }

  private split(page: KeyPage, high: number): void {
    if (page.depth === this.depth) this.double();
    const upper = page.split();
    // The places of the page in the directory are neighbours; the upper half of them is the new page's.
    const places = 1 << (this.depth - upper.depth);
    const first = ((high >>> (32 - upper.depth)) | 1) * places;
    this.directory.fill(upper, first, first + places);
  }

  private double(): void {
    if (this.depth === lastDepth)
      throw new RangeError("The key index is full: more than 100,000,000,000 keys.");
    this.directory = this.directory.flatMap((page) => [page, page]);
    this.depth++;
  }
}

/** One entry of the table. */
class KnownKey {
  private page = new KeyPage(0);
  private slot = 0;

  at(page: KeyPage, slot: number): this {
    this.page = page;
    this.slot = slot;
    return this;
  }

  /** The content's hash is that one. */
  has(content: number, contentRest: number): boolean {
    return this.content === content && this.contentRest === contentRest;
  }

  get content(): number {
    return this.page.content(this.slot);
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

  /** Sets the content; the key lives. */
  set(content: number, contentRest: number, seen: boolean): void {
    this.page.set(this.slot, content, contentRest | (seen ? seenMark : 0));
  }

  bury(): void {
    this.page.set(this.slot, 0, deadMark | seenMark);
  }

  private get rest(): number {
    return this.page.rest(this.slot);
  }
}
