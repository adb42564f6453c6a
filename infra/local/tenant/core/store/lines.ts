import { closeSync, existsSync, openSync, readSync } from "node:fs";

const newline = 0x0a;
const chunkSize = 1 << 22;

/** A line of a file and the offset at which the next one begins. The last line may lack its newline. */
export interface Line {
  readonly text: string;
  readonly end: number;
  readonly complete: boolean;
}

/** Reads a file line by line without holding all of it; a missing file has no lines. */
export function* readLines(file: string): Generator<Line> {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, "r");
  try {
    let rest = Buffer.alloc(0);
    let offset = 0;
    for (;;) {
      const chunk = Buffer.alloc(chunkSize);
      const length = readSync(descriptor, chunk);
      if (length === 0) break;
      const buffer = Buffer.concat([rest, chunk.subarray(0, length)]);
      let start = 0;
      for (let end = buffer.indexOf(newline); end !== -1; end = buffer.indexOf(newline, start)) {
        yield { text: buffer.toString("utf8", start, end), end: offset + end + 1, complete: true };
        start = end + 1;
      }
      offset += start;
      rest = buffer.subarray(start);
    }
    if (rest.length > 0) yield { text: rest.toString("utf8"), end: offset + rest.length, complete: false };
  } finally {
    closeSync(descriptor);
  }
}
