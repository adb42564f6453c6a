import type { CreatedTogether, StoreRecord } from "./records";

type Put = Extract<StoreRecord, { readonly kind: "put" }>;

/** Fewer are written as single lines: what a person changes stays readable, and a torn line loses one of them. */
const fewest = 16;
const most = 1_000;

/** Collects entities that are created one after the other, so that they become one line of the journal. */
export class Creations {
  #waiting: Put[] = [];

  /** Takes the record when it continues what waits; false when it does not. */
  take(record: StoreRecord): boolean {
    if (record.kind !== "put" || record.createdAt !== record.modifiedAt || record.position === undefined)
      return false;
    const last = this.#waiting.at(-1);
    const follows =
      last === undefined ||
      (last.collection === record.collection &&
        last.createdAt === record.createdAt &&
        record.position === (last.position ?? 0) + 1);
    if (!follows || this.#waiting.length === most) return false;
    this.#waiting.push(record);
    return true;
  }

  /** What waited, to be written; nothing waits then. */
  drain(): readonly (StoreRecord | CreatedTogether)[] {
    const waiting = this.#waiting;
    if (waiting.length === 0) return waiting;
    this.#waiting = [];
    const [first] = waiting;
    if (first?.position === undefined || waiting.length < fewest) return waiting;
    const { collection, createdAt, position } = first;
    const entities = waiting.map(({ entity }) => entity);
    return [{ kind: "created", collection, at: createdAt, position, entities }];
  }
}
