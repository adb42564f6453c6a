import { crc32 } from "node:zlib";
import { z } from "zod";
import type { Entity } from "../types";

/** One change as it is kept on disk: an entity written with its times, an entity deleted, or everything cleared. */
export type StoreRecord =
  | {
      readonly kind: "put";
      readonly collection: string;
      readonly entity: Entity;
      readonly createdAt: number;
      readonly modifiedAt: number;
      /** Place in the order of creation; journals of earlier versions have none, and the order of lines counts. */
      readonly position?: number | undefined;
    }
  | { readonly kind: "delete"; readonly collection: string; readonly id: string }
  | { readonly kind: "clear" };

/** Entities created one after the other in the same moment, as one line: what seeding writes. */
export interface CreatedTogether {
  readonly kind: "created";
  readonly collection: string;
  readonly at: number;
  /** Of the first; the others follow without gaps. */
  readonly position: number;
  readonly entities: readonly Entity[];
}

const entitySchema = z.looseObject({ id: z.string() });
const recordSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("put"),
    collection: z.string(),
    entity: entitySchema,
    createdAt: z.number(),
    modifiedAt: z.number(),
    position: z.number().optional(),
  }),
  z.object({ kind: z.literal("delete"), collection: z.string(), id: z.string() }),
  z.object({ kind: z.literal("clear") }),
  z.object({
    kind: z.literal("created"),
    collection: z.string(),
    at: z.number(),
    position: z.number(),
    entities: z.array(entitySchema),
  }),
]);

const checksumLength = 8;

/** A line of the journal or snapshot: checksum, space, JSON. The checksum tells a torn line from a whole one. */
export function encodeRecord(record: StoreRecord | CreatedTogether): string {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

/** The record of a line, or undefined when the line is torn or damaged. */
export function decodeRecord(line: string): StoreRecord | CreatedTogether | undefined {
  const json = line.slice(checksumLength + 1);
  if (line[checksumLength] !== " " || line.slice(0, checksumLength) !== checksum(json)) return undefined;
  return recordSchema.safeParse(JSON.parse(json)).data;
}

/** The single changes of a record. */
export function* singleRecords(record: StoreRecord | CreatedTogether): Generator<StoreRecord> {
  if (record.kind !== "created") {
    yield record;
    return;
  }
  const { collection, at, entities } = record;
  let { position } = record;
  for (const entity of entities) {
    yield { kind: "put", collection, entity, createdAt: at, modifiedAt: at, position };
    position += 1;
  }
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(checksumLength, "0");
}
