/** Events that can't be read as such: kept as they came, so that nothing is lost and nobody is misled. */
import { createHash } from "node:crypto";
import type { RecordChange, RecordType } from "../../model/record";
import type { StreamName } from "../../model/stream-names";

export const problemType: RecordType = { type: "eventProblem", schemaVersion: 1, event: true, undated: true };

/** Of an event that can't be read, so many characters are kept. */
const mostKept = 64 * 1024;

/** What came, from where, and what is wrong with it. */
export interface MalformedEvent {
  readonly stream: StreamName;
  readonly raw: unknown;
  /** What is wrong, for example `CreationTime is no date-time`. */
  readonly reason: string;
  /** ISO date-time near which it happened. */
  readonly at: string;
  /** Its id, where it has one. */
  readonly id: string | undefined;
}

/** The same event is recorded once, however often it comes. */
export function problemRecord({ stream, raw, reason, at, id }: MalformedEvent): RecordChange {
  const text = typeof raw === "string" ? raw : (JSON.stringify(raw) ?? String(raw));
  const key = id ?? createHash("sha256").update(text).digest("base64url");
  const kept = text.slice(0, mostKept);
  return {
    type: problemType.type,
    key,
    data: {
      at,
      stream,
      id: id ?? null,
      reason,
      length: text.length,
      truncated: kept.length < text.length,
      raw: kept,
    },
  };
}

/** An object's text property; undefined where it is none, or empty. */
export function textOf(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const property: unknown = Reflect.get(value, name);
  return typeof property === "string" && property !== "" ? property : undefined;
}
