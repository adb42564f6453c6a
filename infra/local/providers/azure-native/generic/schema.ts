import { z } from "zod";
import type { ResourceShape, Shape } from "../shapes/shape";
import type { ArmTypeDescription } from "./description";
import { placesOf } from "./path";

/** The schema of a type's inputs: exactly what the SDK's class takes, and a name wherever the path needs one. */
export function inputSchema(description: ArmTypeDescription, shape: ResourceShape): z.ZodObject {
  const places = placesOf(description);
  const properties = Object.entries(shape.inputs).map(([key, value]): [string, z.ZodType] => {
    const name = bareName(key);
    if (places.includes(name)) return [name, nameSchema(description, name)];
    return [name, optionalWhen(key.endsWith("?"), schemaOf(value))];
  });
  return z.strictObject(Object.fromEntries(properties));
}

/** A property's name without the mark that says that it may be absent. */
export function bareName(key: string): string {
  return key.replace(/\?$/, "");
}

function nameSchema({ names }: ArmTypeDescription, place: string): z.ZodType {
  const rule = names?.[place];
  return rule === undefined
    ? z.string().min(1, "must not be empty")
    : z.string().regex(rule.pattern, `must be ${rule.rule}`);
}

function schemaOf(shape: Shape): z.ZodType {
  if (shape === "string") return z.string();
  if (shape === "number") return z.number();
  if (shape === "boolean") return z.boolean();
  if (shape === "any") return z.unknown();
  if (isListShape(shape)) return z.array(schemaOf(shape[0]));
  const anyName = shape["*"];
  if (anyName !== undefined) return z.record(z.string(), schemaOf(anyName));
  // Built when a value needs it: most of what the SDK takes is never declared.
  return z.lazy(() => membersSchema(shape));
}

function membersSchema(shape: { readonly [name: string]: Shape }): z.ZodType {
  const members = Object.entries(shape).map(([key, value]): [string, z.ZodType] => [
    bareName(key),
    optionalWhen(key.endsWith("?"), schemaOf(value)),
  ]);
  return z.strictObject(Object.fromEntries(members));
}

function optionalWhen(optional: boolean, schema: z.ZodType): z.ZodType {
  return optional ? schema.optional() : schema;
}

/** Whether a shape is that of a list. */
export function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
