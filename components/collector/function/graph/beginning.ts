/** The first bytes of a reply: Microsoft Graph names the next page there, which can be asked for before the rest has come. */
import { constants, gunzipSync } from "node:zlib";

/** Enough for the context and the longest links known; compressed a quarter of it is. */
const enough = 8 * 1024;
const enoughCompressed = 2 * 1024;

export class Beginning {
  private told = false;

  constructor(
    private readonly tell: (bytes: Buffer) => void,
    private readonly compressed: boolean,
  ) {}

  /** The body has grown to these bytes. */
  grown(bytes: Buffer): void {
    const needed = this.compressed ? enoughCompressed : enough;
    if (this.told || bytes.length < needed) return;
    this.told = true;
    const beginning = bytes.subarray(0, needed);
    const plain = this.compressed ? inflated(beginning) : beginning;
    if (plain !== undefined) this.tell(plain);
  }
}

/** What the first bytes of a compressed body say; nothing when they are damaged, which shows when all have come. */
function inflated(bytes: Buffer): Buffer | undefined {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return undefined;
  }
}
