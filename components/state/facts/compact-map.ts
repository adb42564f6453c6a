/** Numbers by id, without holding the ids: some 20 bytes each, where a Map takes 120. */
import { Hash, hash64, seedOf } from "../../collector/function/runtime/key-index/hash";
import { KeyTable } from "../../collector/function/runtime/key-index/key-table";

const seed = seedOf("compact-map");

/** Ids are told apart by 64 bits of their hash: two of a million share them with a chance of 1 in 37,000,000. */
export class CompactMap {
  private readonly table = new KeyTable();
  private readonly hash = new Hash();

  /** @param value An unsigned 32-bit number */
  set(id: string, value: number): void {
    hash64(id, seed, this.hash);
    const { high, low } = this.hash;
    const known = this.table.find(high, low);
    if (known === undefined) this.table.insert(high, low, value, 0, false);
    else known.set(value, 0, false);
  }

  get(id: string): number | undefined {
    hash64(id, seed, this.hash);
    return this.table.find(this.hash.high, this.hash.low)?.content;
  }
}
