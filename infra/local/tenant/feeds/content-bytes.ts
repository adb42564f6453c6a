import type { ContentBlob } from "./content";

/** So much is kept; what was read longest ago goes first. */
const keptBytes = 128 * 1024 * 1024;

/** Contents as they are sent. The service stores a content and never changes it; here it is written at the first read. */
export class ContentBytes {
  readonly #contents = new Map<string, Buffer<ArrayBuffer>>();
  #length = 0;

  of({ id, records }: ContentBlob): Buffer<ArrayBuffer> {
    const known = this.#contents.get(id);
    const bytes = known ?? Buffer.from(JSON.stringify(records()));
    this.#contents.delete(id);
    this.#contents.set(id, bytes);
    if (known === undefined) this.#length += bytes.length;
    this.#trim();
    return bytes;
  }

  clear(): void {
    this.#contents.clear();
    this.#length = 0;
  }

  #trim(): void {
    for (const [id, bytes] of this.#contents) {
      if (this.#length <= keptBytes) return;
      this.#contents.delete(id);
      this.#length -= bytes.length;
    }
  }
}
