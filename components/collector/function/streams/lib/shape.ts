/** What a stream stores of an object: one list of properties is its `$select`, its schema and the order of its keys. */
import { z } from "zod";
import { readBy } from "../../json/item-format";
import { ObjectFormat } from "../../json/object-format";
import { RelatedFormat } from "../../json/related-format";
import { ScannedObject } from "../../json/scanned-object";

/** An object of Graph as far as it was asked for. Every other property was checked by the schema it came through. */
export interface GraphObject {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** Graph leaves a property out of a delta page that was never set, and shows it as null in a list: both are null here. */
export const text = z.string().nullish();
export const flag = z.boolean().nullish();
export const number = z.number().nullish();
export const texts = z.array(z.string()).nullish();

/** An object within an object: its keys come in the order of the shape, those that are left out as null. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  const keys = Object.keys(shape);
  return z.object(shape).transform((value) => {
    const known: Readonly<Record<string, unknown>> = value;
    return Object.fromEntries(keys.map((key) => [key, known[key] ?? null]));
  });
}

/** The related object of a relation: who it is and what it is. */
const relatedSchema = z.object({
  id: z.string(),
  "@odata.type": z.string().nullish(),
  "@removed": z.unknown().optional(),
});
export const relatedObjectSchema: z.ZodType<GraphObject> = relatedSchema;

/** The same for long lists: what is read lives as long as its page. */
export const relatedPageSchema: z.ZodType<GraphObject> = readBy(
  relatedSchema.clone(),
  () => new RelatedFormat(),
);

/** Related objects that came inline. */
export const relatedListSchema = z.array(relatedSchema).optional();

const namespace = "#microsoft.graph.";

/** `#microsoft.graph.servicePrincipal` as `servicePrincipal`; null where Graph does not say. */
export function typeName(related: GraphObject): string | null {
  const type = related["@odata.type"];
  if (typeof type !== "string") return null;
  return type.startsWith(namespace) ? type.slice(namespace.length) : type;
}

/** A kind of object with the properties that are stored. */
export interface ObjectShape {
  /** Value of `$select`. */
  readonly select: string;
  /** For lists: every required property is there. */
  readonly schema: z.ZodType<GraphObject>;
  /** The same for collections: what is read lives as long as its page. */
  readonly pageSchema: z.ZodType<GraphObject>;
  /** For delta pages: an object may be removed, and an update may hold fewer properties than were selected. */
  readonly deltaSchema: z.ZodType<GraphObject>;
  /** True when an object of a delta page holds all that is stored. */
  isWhole(object: GraphObject): boolean;
  /** What is stored: keys in a fixed order, absent values null, sets sorted, so that equal objects are equal text. */
  data(object: GraphObject): object;
}

/**
 * @param required Properties that no object of the kind lacks
 * @param optional All others
 * @param relations Relations that delta pages hold as `<name>@delta` and lists by `$expand`
 */
export function objectShape(
  required: Readonly<Record<string, z.ZodType>>,
  optional: Readonly<Record<string, z.ZodType>>,
  relations: readonly string[] = [],
): ObjectShape {
  const requiredKeys = Object.keys(required);
  const keys = ["id", ...requiredKeys, ...Object.keys(optional)];
  const expanded = Object.fromEntries(
    relations.flatMap((name) => [
      [name, relatedListSchema],
      [`${name}@delta`, relatedListSchema],
    ]),
  );
  const looseRequired = Object.fromEntries(
    Object.entries(required).map(([key, schema]) => [key, schema.nullish()]),
  );
  const properties = { id: z.string(), ...required, ...optional };
  const schema = z.object({ ...properties, ...expanded });
  return {
    select: keys.join(","),
    schema,
    pageSchema: readBy(schema.clone(), () => new ObjectFormat({ properties, lists: relations, normalised })),
    deltaSchema: z.object({
      id: z.string(),
      "@removed": z.unknown().optional(),
      ...looseRequired,
      ...optional,
      ...expanded,
    }),
    isWhole: (object) => requiredKeys.every((key) => object[key] !== undefined && object[key] !== null),
    data: (object) => {
      if (object instanceof ScannedObject) return object;
      const data: Record<string, unknown> = {};
      for (const key of keys) data[key] = normalised(object[key]);
      return data;
    },
  };
}

function normalised(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.length > 1) return sorted(value);
  return value;
}

/** Graph promises no order for what is a set: proxy addresses, licences, key ids. */
function sorted(values: readonly unknown[]): readonly unknown[] {
  return values
    .map((value) => ({ value, by: typeof value === "string" ? value : JSON.stringify(value) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0))
    .map(({ value }) => value);
}

/** The related objects that came inline with an object: checked by its schema. */
export function inlineRelated(object: GraphObject, property: string): readonly GraphObject[] | undefined {
  return object[property] as readonly GraphObject[] | undefined;
}
