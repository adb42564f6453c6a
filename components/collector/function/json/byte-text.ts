/** UTF-8 text that grows. Its memory is used again for the next text, so that writing leaves no garbage. */

/** Up to this length a loop is faster than a call out of JavaScript. */
const short = 96;
const quote = 0x22;
const backslash = 0x5c;

export class ByteText {
  length = 0;

  constructor(public bytes: Buffer = Buffer.allocUnsafeSlow(1024)) {}

  clear(): void {
    this.length = 0;
  }

  text(text: string): void {
    this.reserve(3 * text.length);
    if (text.length <= short && this.plain(text, false)) return;
    this.length += this.bytes.write(text, this.length);
  }

  /** A text as a JSON string, quotes and escapes included. */
  jsonString(text: string): void {
    this.reserve(text.length + 2);
    const start = this.length;
    this.bytes[this.length++] = quote;
    if (this.plain(text, true)) this.bytes[this.length++] = quote;
    else {
      this.length = start;
      this.text(JSON.stringify(text));
    }
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  copy(source: Uint8Array, start: number, end: number): void {
    this.reserve(end - start);
    const { bytes } = this;
    if (end - start > short) {
      bytes.set(source.subarray(start, end), this.length);
      this.length += end - start;
      return;
    }
    let to = this.length;
    for (let from = start; from < end; from++) bytes[to++] = source[from] ?? 0;
    this.length = to;
  }

  /** What is there so far, until the next change. */
  view(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  toString(): string {
    return this.bytes.toString("utf8", 0, this.length);
  }

  /** Writes ASCII without control characters; false, with nothing written, when the text holds anything else. */
  private plain(text: string, withoutEscapes: boolean): boolean {
    const { bytes, length } = this;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (unit < 0x20 || unit > 0x7e || (withoutEscapes && (unit === quote || unit === backslash)))
        return false;
      bytes[length + at] = unit;
    }
    this.length += text.length;
    return true;
  }

  private reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.length + more));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
