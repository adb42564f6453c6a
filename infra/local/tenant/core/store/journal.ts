import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Creations } from "./creations";
import { StoreCorruptError } from "./errors";
import { type Line, readLines } from "./lines";
import { type CreatedTogether, decodeRecord, encodeRecord, type StoreRecord, singleRecords } from "./records";

const writeSize = 1 << 20;

/**
 * The tenant's state on disk: `snapshot-<n>.ndjson` holds everything up to a moment, `journal-<n>.ndjson` the
 * changes since. Appended records reach the file before the event loop's next turn, so a killed process loses at
 * most the changes of its last turn; a line that the kill tore is cut off at the next start.
 */
export class Journal {
  readonly #directory: string;
  #generation = 0;
  #descriptor: number | undefined;
  #pending: string[] = [];
  #pendingSize = 0;
  readonly #creations = new Creations();
  #scheduled = false;
  #size = 0;

  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  }

  /** Bytes of journal since the snapshot. */
  get size(): number {
    return this.#size;
  }

  /** Reads what an earlier process left and opens the journal for more. Throws `StoreCorruptError`. */
  *load(): Generator<StoreRecord> {
    this.#generation = this.#latestGeneration();
    this.#removeAllBut(this.#generation);
    const snapshot = this.#file("snapshot", this.#generation);
    yield* readRecords(snapshot, { tornEnd: "refuse" });
    yield* readRecords(this.#file("journal", this.#generation), { tornEnd: "cut" });
    this.#open();
  }

  append(record: StoreRecord): void {
    if (!this.#creations.take(record)) {
      for (const waiting of this.#creations.drain()) this.#write(waiting);
      if (!this.#creations.take(record)) this.#write(record);
    }
    if (this.#pendingSize >= writeSize) this.flush();
    else if (!this.#scheduled) {
      this.#scheduled = true;
      setImmediate(() => this.flush());
    }
  }

  #write(record: StoreRecord | CreatedTogether): void {
    const line = encodeRecord(record);
    this.#pending.push(line);
    this.#pendingSize += line.length;
  }

  flush(): void {
    this.#scheduled = false;
    for (const waiting of this.#creations.drain()) this.#write(waiting);
    if (this.#pending.length === 0 || this.#descriptor === undefined) return;
    this.#size += writeAll(this.#descriptor, this.#pending.join(""));
    this.#pending = [];
    this.#pendingSize = 0;
  }

  /** Replaces snapshot and journal by a new snapshot of these records and an empty journal. */
  compact(records: Iterable<StoreRecord>): void {
    this.flush();
    const next = this.#generation + 1;
    const temporary = `${this.#file("snapshot", next)}.partial`;
    const descriptor = openSync(temporary, "w", 0o600);
    writeRecords(descriptor, records);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(temporary, this.#file("snapshot", next));
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#generation = next;
    this.#open();
    this.#removeAllBut(next);
  }

  close(): void {
    this.flush();
    if (this.#descriptor === undefined) return;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): void {
    const file = this.#file("journal", this.#generation);
    this.#descriptor = openSync(file, "a", 0o600);
    this.#size = statSync(file).size;
  }

  #file(kind: "snapshot" | "journal", generation: number): string {
    return join(this.#directory, `${kind}-${generation}.ndjson`);
  }

  /** The newest snapshot wins: it was renamed into place whole, and older files are leftovers of a crash. */
  #latestGeneration(): number {
    const generations = readdirSync(this.#directory).map((name) =>
      Number(/^snapshot-(\d+)\.ndjson$/.exec(name)?.[1] ?? 0),
    );
    return Math.max(0, ...generations);
  }

  #removeAllBut(generation: number): void {
    const keep = new Set([`snapshot-${generation}.ndjson`, `journal-${generation}.ndjson`]);
    for (const name of readdirSync(this.#directory)) {
      if (/^(snapshot|journal)-\d+\.ndjson/.test(name) && !keep.has(name))
        rmSync(join(this.#directory, name));
    }
  }
}

function* readRecords(file: string, { tornEnd }: { tornEnd: "cut" | "refuse" }): Generator<StoreRecord> {
  let number = 0;
  let good = 0;
  let torn: number | undefined;
  for (const line of readLines(file)) {
    number += 1;
    if (torn !== undefined) throw new StoreCorruptError(file, torn);
    const record = recordOf(line);
    if (record === undefined) torn = number;
    else {
      good = line.end;
      yield* singleRecords(record);
    }
  }
  if (torn === undefined) return;
  if (tornEnd === "refuse") throw new StoreCorruptError(file, torn);
  truncateSync(file, good);
}

function recordOf(line: Line): StoreRecord | CreatedTogether | undefined {
  return line.complete ? decodeRecord(line.text) : undefined;
}

function writeRecords(descriptor: number, records: Iterable<StoreRecord>): void {
  let lines = "";
  for (const record of records) {
    lines += encodeRecord(record);
    if (lines.length < writeSize) continue;
    writeAll(descriptor, lines);
    lines = "";
  }
  writeAll(descriptor, lines);
}

function writeAll(descriptor: number, text: string): number {
  const bytes = Buffer.from(text, "utf8");
  for (let written = 0; written < bytes.length; ) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}
