import type { Plain, PlainProperties } from "../../../../components/plugin/serve";

/** A parsed JSON value as a plain property value. */
export function plainValue(json: unknown): Plain {
  if (json === null || json === undefined) return null;
  if (Array.isArray(json)) return json.map(plainValue);
  if (typeof json === "object") return plainProperties(json as Readonly<Record<string, unknown>>);
  if (typeof json === "string" || typeof json === "number" || typeof json === "boolean") return json;
  throw new TypeError("The answer holds a value that JSON can't say.");
}

/** A parsed JSON object as properties, without those that are null. */
export function plainProperties(json: Readonly<Record<string, unknown>> | null | undefined): PlainProperties {
  const entries = Object.entries(json ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, plainValue(value)]));
}
