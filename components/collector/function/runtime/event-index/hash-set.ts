/** A set of 64-bit hashes in 8 bytes a slot. */
import type { Hash } from "../key-index/hash";

const firstSlots = 64;

export class HashSet {
  size = 0;
  private slots = new Uint32Array(2 * firstSlots);

  /** Memory, in hashes. */
  get capacity(): number {
    return this.slots.length / 2;
  }

  has({ high, low }: Hash): boolean {
    return this.slots[2 * this.find(high, low) + 1] !== 0;
  }

  /** @returns false when it was there */
  add(high: number, low: number): boolean {
    const slot = this.find(high, low);
    if (this.slots[2 * slot + 1] !== 0) return false;
    this.slots[2 * slot] = high;
    this.slots[2 * slot + 1] = low;
    this.size++;
    if (4 * this.size > 3 * this.capacity) this.grow();
    return true;
  }

  /** The slot of a hash, or the free one where it belongs: the lower half of a hash is never 0. */
  private find(high: number, low: number): number {
    const { slots } = this;
    const mask = slots.length / 2 - 1;
    let slot = (high ^ low) & mask;
    while (slots[2 * slot + 1] !== 0 && (slots[2 * slot] !== high || slots[2 * slot + 1] !== low)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Uint32Array(2 * old.length);
    this.size = 0;
    for (let at = 0; at < old.length; at += 2) {
      const [high = 0, low = 0] = [old[at], old[at + 1]];
      if (low !== 0) this.add(high, low);
    }
  }
}
