/** The properties of a shape, as its schema describes them: how each is told from others, checked and stored. */
import { z } from "zod";
import { type JsonCursor, refuse, sign } from "./cursor";

/** What a value must be; `any` is left to the field's schema. */
type FieldKind = "string" | "boolean" | "number" | "strings" | "any";

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly schema: z.ZodType;
  /** May be absent or null; both are stored as null. */
  readonly optional: boolean;
  /** How the name stands in JSON, in quotes. */
  readonly quoted: Buffer;
  /** What is written before the value: the comma, where one belongs, the name and the colon. */
  readonly lead: Buffer;
  /** Stored values of kind `any` by their text: licences and the like come again and again. */
  readonly cache: Map<string, Buffer>;
}

export function fieldsOf(shape: Readonly<Record<string, z.ZodType>>): readonly Field[] {
  return Object.entries(shape).map(([name, schema], index) => {
    const absent = schema.safeParse(undefined);
    const quoted = Buffer.from(JSON.stringify(name));
    return {
      name,
      kind: kindOf(schema),
      schema,
      optional: absent.success && absent.data === undefined && schema.safeParse(null).success,
      quoted,
      lead: Buffer.concat([Buffer.from(index === 0 ? "{" : ","), quoted, Buffer.from(":")]),
      cache: new Map(),
    };
  });
}

/** The kind that accepts exactly what the schema accepts, but for null. */
function kindOf(schema: z.ZodType): FieldKind {
  const bare = withoutNull(schema);
  if (isPlain(bare, z.ZodString)) return "string";
  if (isPlain(bare, z.ZodBoolean)) return "boolean";
  if (isPlain(bare, z.ZodNumber)) return "number";
  if (bare instanceof z.ZodArray && isPlain(bare, z.ZodArray)) {
    return isPlain(bare.element, z.ZodString) ? "strings" : "any";
  }
  return "any";
}

const withoutNull = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? withoutNull(schema.unwrap()) : schema;

/** Nothing but the type is asked for: no format, no length. */
function isPlain(schema: unknown, type: abstract new (...args: never[]) => z.ZodType): boolean {
  if (!(schema instanceof type)) return false;
  const def: { readonly checks?: readonly unknown[]; readonly format?: string; readonly coerce?: boolean } =
    schema.def;
  return (def.checks ?? []).length === 0 && def.format === undefined && def.coerce !== true;
}

/** A text that is kept in a cache, and how many of a field. */
const longestCached = 2_048;
const mostCached = 1_000;

/**
 * Reads a field's value.
 * @returns undefined when its bytes, from the cursor's start to its stop, can be stored as they are; else what is stored
 */
export function readField(
  cursor: JsonCursor,
  field: Field,
  normalised: (value: unknown) => unknown,
): Buffer | undefined {
  const byte = cursor.peek();
  if (field.kind === "any") return anyValue(cursor, field, normalised);
  if (byte === sign.n) {
    if (!field.optional) refuse();
    cursor.literal(sign.n);
    return undefined;
  }
  switch (field.kind) {
    case "string":
      cursor.string();
      return cursor.escaped ? storedOf(cursor.decoded()) : undefined;
    case "boolean":
      cursor.literal(byte === sign.t ? sign.t : sign.f);
      return undefined;
    case "number":
      cursor.number();
      return undefined;
    case "strings":
      return strings(cursor) ? undefined : storedOf(normalised(cursor.decoded()));
  }
}

function anyValue(cursor: JsonCursor, field: Field, normalised: (value: unknown) => unknown): Buffer {
  cursor.value();
  const text = cursor.bytes.toString("utf8", cursor.start, cursor.stop);
  const known = field.cache.get(text);
  if (known !== undefined) return known;
  const parsed = field.schema.safeParse(cursor.decoded());
  if (!parsed.success) refuse();
  const stored = storedOf(normalised(parsed.data));
  if (field.cache.size >= mostCached) field.cache.clear();
  if (text.length <= longestCached) field.cache.set(text, stored);
  return stored;
}

const storedOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** A list of strings. @returns whether it is stored as it came: without white space, in order, every string plain */
function strings(cursor: JsonCursor): boolean {
  cursor.peek();
  const start = cursor.at;
  let asItCame = true;
  let length = 1;
  if (!cursor.enter(sign.listStart, sign.listEnd)) length = 2;
  else {
    let before = 0;
    let beforeEnd = 0;
    do {
      cursor.string();
      asItCame &&= cursor.plain && isOrdered(cursor, before, beforeEnd);
      before = cursor.start;
      beforeEnd = cursor.stop;
      length += cursor.stop - cursor.start + 1;
    } while (cursor.more(sign.listEnd));
  }
  cursor.start = start;
  cursor.stop = cursor.at;
  return asItCame && cursor.stop - start === length;
}

/** The last string is not less than the one at that place. */
function isOrdered({ bytes, start, stop }: JsonCursor, before: number, beforeEnd: number): boolean {
  return beforeEnd === 0 || bytes.compare(bytes, before + 1, beforeEnd - 1, start + 1, stop - 1) >= 0;
}
