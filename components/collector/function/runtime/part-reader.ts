/** Unpacks parts one after the other into one buffer, which leaves nothing for the garbage collector to find. */
import { createGunzip } from "node:zlib";

/** What most parts need. */
const firstSize = 16 * 1024 * 1024;
const growth = 8 * 1024 * 1024;
const chunkSize = 256 * 1024;

export class PartReader {
  private buffer = Buffer.alloc(0);

  /** @returns the part's lines, valid until the next part is unpacked. @throws when the part is damaged */
  async unpack(part: Buffer): Promise<Buffer> {
    const gunzip = createGunzip({ chunkSize });
    gunzip.end(part);
    let length = 0;
    for await (const chunk of gunzip) {
      const bytes: Buffer = chunk;
      this.makeRoom(length, bytes.length);
      bytes.copy(this.buffer, length);
      length += bytes.length;
    }
    return this.buffer.subarray(0, length);
  }

  private makeRoom(used: number, more: number): void {
    if (used + more <= this.buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(firstSize, this.buffer.length + growth, used + more));
    this.buffer.copy(larger, 0, 0, used);
    this.buffer = larger;
  }
}
