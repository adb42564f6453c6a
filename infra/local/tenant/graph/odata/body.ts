/** Checks bodies against an entity type and merges changes, as the directory does. */
import { z } from "zod";
import type { Entity } from "../../core/types";
import type { EntityType, Property, ValueKind } from "../entity-type";
import { badRequest } from "../errors";

/** A body after checking: only known properties with values of their kind. Annotations are left out. */
export type Values = Readonly<Record<string, unknown>>;

const record = z.record(z.string(), z.unknown());
const kinds: Readonly<Record<ValueKind, z.ZodType>> = {
  string: z.string().nullable(),
  boolean: z.boolean().nullable(),
  number: z.number().nullable(),
  date: z
    .string()
    .refine((value) => !Number.isNaN(Date.parse(value)))
    .nullable(),
  strings: z.array(z.string()),
  object: record.nullable(),
  objects: z.array(record),
};

/** A JSON object, or 400. */
export function readObject(body: unknown): Values {
  const parsed = record.safeParse(body);
  if (!parsed.success) throw badRequest("Empty or malformed payload: a JSON object is expected.");
  return parsed.data;
}

/**
 * The properties of a POST or PATCH body. Unknown properties, read-only ones and values of another kind are 400.
 * `@odata.*` annotations, `@odata.bind` references and a repeated `id` are the caller's to read.
 */
export function readProperties(type: EntityType, body: unknown, operation: "create" | "update"): Values {
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(readObject(body))) {
    if (name.includes("@odata.") || name === "id") continue;
    const property = type.properties[name];
    if (property === undefined) {
      throw badRequest(`Invalid property '${name}' on resource '${type.name}'.`);
    }
    checkAccess(type, name, property, operation);
    if (!kinds[property.kind].safeParse(value).success) throw invalidValue(type, name);
    values[name] = value;
  }
  return values;
}

/** 400 in the directory's words for a value that it does not take. */
const invalidValue = (type: EntityType, name: string): Error =>
  badRequest(`Invalid value specified for property '${name}' of resource '${capitalized(type.name)}'.`);

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function checkAccess(type: EntityType, name: string, property: Property, operation: string): void {
  const refused = property.access === "read-only" || (property.access === "create" && operation === "update");
  if (refused) {
    throw badRequest(
      `Property '${name}' is read-only and cannot be set on resource '${capitalized(type.name)}'.`,
    );
  }
}

/** An entity with a free-form part. */
interface WithProperties extends Entity {
  readonly properties: Readonly<Record<string, unknown>>;
}

/**
 * The entity with the values put in: those that have a field of their own there, the others in `properties`. Complex
 * values are merged, arrays replaced. Properties set to null are dropped: reading gives null (or the default) again.
 */
export function withValues<T extends WithProperties>(entity: T, values: Values): T {
  const fields: Record<string, unknown> = {};
  const properties: Record<string, unknown> = { ...entity.properties };
  for (const [name, value] of Object.entries(values)) {
    if (name in entity) {
      fields[name] = value;
      continue;
    }
    const merged = mergeComplex(properties[name], value);
    if (merged === null || merged === undefined) delete properties[name];
    else properties[name] = merged;
  }
  return { ...entity, ...fields, properties };
}

/** Complex values are merged property by property; everything else is replaced. */
function mergeComplex(current: unknown, change: unknown): unknown {
  if (!isPlain(current) || !isPlain(change)) return change;
  const merged: Record<string, unknown> = { ...current };
  for (const [name, value] of Object.entries(change)) merged[name] = mergeComplex(merged[name], value);
  return merged;
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object id at the end of a reference: `{"@odata.id": ".../directoryObjects/{id}"}` or a bind URL. */
export function referencedId(reference: unknown): string {
  const id = typeof reference === "string" ? /([0-9a-f-]{36})\W*$/i.exec(reference)?.[1] : undefined;
  if (id === undefined) throw badRequest("Invalid URL format specified in payload.");
  return id.toLowerCase();
}

/** Ids in an `…@odata.bind` property of a body; empty when it is absent. */
export function boundIds(body: unknown, navigation: string): readonly string[] {
  const bound = readObject(body)[`${navigation}@odata.bind`];
  if (bound === undefined) return [];
  return (Array.isArray(bound) ? bound : [bound]).map(referencedId);
}
