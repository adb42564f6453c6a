/** How items are read from bytes where their shape is known: as cheap views instead of objects. */
import type { z } from "zod";
import type { JsonCursor } from "./cursor";

/** A format takes nothing that its schema would refuse. */
export interface ItemFormat {
  /** What was read before is given up: its bytes go away. */
  begin(): void;
  /** Reads the item at the cursor. @throws UnexpectedJson for what is left to `JSON.parse` and the schema */
  read(cursor: JsonCursor): unknown;
}

const formats = new WeakMap<z.ZodType, () => ItemFormat>();

/** From now on pages of items of that schema are read by the format, made anew for each reading. */
export function readBy<Schema extends z.ZodType>(schema: Schema, format: () => ItemFormat): Schema {
  formats.set(schema, format);
  return schema;
}

/** A new reader of items of that schema; undefined where there is no format. */
export const formatOf = (schema: z.ZodType): ItemFormat | undefined => formats.get(schema)?.();
