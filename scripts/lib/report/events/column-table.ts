/** A long table for the page: by column, each text once. Holds the newest rows, or the first ones where none has a time. */
import { gzipSync } from "node:zlib";

export interface TableColumn {
  readonly title: string;
  /** `time`: milliseconds since 1970, shown as UTC. */
  readonly kind: "text" | "time";
}

/** A table as the page reads it. */
export interface PackedTable {
  readonly id: string;
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** Rows there were; more than `rows` when the oldest were left out. */
  readonly total: number;
  /**
   * Gzip in base64 of: the length of a JSON text as 32 bits, that text (columns, each with its different texts and the
   * bytes of its numbers), then for each column one number a row: the place of its text, or seconds since 1970. A number
   * has 1, 2 or 4 bytes, as many as the column's largest needs; text and columns are padded to a multiple of four bytes.
   * Little endian.
   */
  readonly data: string;
}

interface ColumnValues {
  readonly column: TableColumn;
  readonly places: Map<string, number>;
  numbers: Uint32Array;
}

const none = 0;

export class ColumnTable {
  private readonly values: readonly ColumnValues[];
  /** The column by which the newest are kept. */
  private readonly time: ColumnValues | undefined;
  private size = 0;
  private seen = 0;

  constructor(
    readonly columns: readonly TableColumn[],
    /** Rows that the page gets at most. */
    private readonly limit: number,
  ) {
    this.values = columns.map((column) => ({ column, places: new Map(), numbers: new Uint32Array(1024) }));
    this.time = this.values.find(({ column }) => column.kind === "time");
  }

  get total(): number {
    return this.seen;
  }

  get rows(): number {
    return Math.min(this.size, this.limit);
  }

  /** @param cells One a column: a text, or milliseconds in a column of times */
  add(cells: readonly (string | number)[]): void {
    this.seen += 1;
    if (this.size === this.limit * 2) this.keepNewest();
    if (this.time === undefined && this.size === this.limit) return;
    const place = this.size++;
    for (const [index, values] of this.values.entries()) {
      if (place === values.numbers.length) values.numbers = grown(values.numbers);
      values.numbers[place] = numberOf(values, cells[index] ?? "");
    }
  }

  pack(id: string, label: string): PackedTable {
    this.keepNewest();
    const { columns, total, size: rows } = this;
    const packed = this.values.map((values) => dense(values, rows));
    const json = JSON.stringify({
      rows,
      columns: packed.map(({ title, kind, texts, bytes }) => ({ title, kind, texts, bytes })),
    });
    const header = Buffer.from(json + " ".repeat(padding(Buffer.byteLength(json))));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const bytes = Buffer.concat([length, header, ...packed.map(littleEndian)]);
    return { id, label, columns, rows, total, data: gzipSync(bytes, { level: 5 }).toString("base64") };
  }

  /** Newest first; what is beyond the limit goes. */
  private keepNewest(): void {
    const times = this.time?.numbers;
    const order = new Uint32Array(this.size).map((_, index) => index);
    if (times !== undefined) order.sort((a, b) => (times[b] ?? none) - (times[a] ?? none) || a - b);
    const kept = order.subarray(0, this.limit);
    for (const values of this.values) {
      const before = values.numbers;
      const after = new Uint32Array(Math.max(1024, kept.length));
      for (let row = 0; row < kept.length; row += 1) after[row] = before[kept[row] ?? none] ?? none;
      values.numbers = after;
    }
    this.size = kept.length;
  }
}

function numberOf({ column, places }: ColumnValues, cell: string | number): number {
  if (column.kind === "time") return Math.max(0, Math.floor(Number(cell) / 1000) || 0);
  const text = String(cell);
  const known = places.get(text);
  if (known !== undefined) return known;
  places.set(text, places.size);
  return places.size - 1;
}

function grown(numbers: Uint32Array): Uint32Array {
  const more = new Uint32Array(numbers.length * 2);
  more.set(numbers);
  return more;
}

/** A column as the page gets it. */
interface DenseColumn extends TableColumn {
  readonly texts: readonly string[];
  readonly numbers: Uint32Array;
  /** Of each number. */
  readonly bytes: 1 | 2 | 4;
}

/** A column without the texts that no row has any more. */
function dense({ column, places, numbers }: ColumnValues, rows: number): DenseColumn {
  const own = numbers.subarray(0, rows);
  if (column.kind === "time") return { ...column, texts: [], numbers: own, bytes: 4 };
  const all = [...places.keys()];
  const renumbered = new Uint32Array(all.length);
  const texts: string[] = [];
  const dense = own.map((place) => {
    const known = renumbered[place] ?? none;
    if (known > 0) return known - 1;
    renumbered[place] = texts.push(all[place] ?? "");
    return texts.length - 1;
  });
  return {
    ...column,
    texts,
    numbers: dense,
    bytes: texts.length <= 1 << 8 ? 1 : texts.length <= 1 << 16 ? 2 : 4,
  };
}

function littleEndian({ numbers, bytes }: DenseColumn): Buffer {
  const packed = Buffer.alloc(numbers.length * bytes + padding(numbers.length * bytes));
  for (let index = 0; index < numbers.length; index += 1) {
    packed.writeUIntLE(numbers[index] ?? none, index * bytes, bytes);
  }
  return packed;
}

/** What is missing to a multiple of four. */
const padding = (length: number): number => (4 - (length % 4)) % 4;
