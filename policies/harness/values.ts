/** Reading the properties of a resource, of which some are not known before the deployment. */
import type { z } from "zod";

/** A property that a rule needs and can't have. */
export class UnreadableProperty extends Error {
  override readonly name = "UnreadableProperty";

  constructor(
    readonly property: string,
    readonly why: "unknown" | "malformed",
  ) {
    super(
      why === "unknown"
        ? `${property} is not known before the deployment, so it can't be judged. Give it as a plain value.`
        : `${property} is not of the kind that this rule understands, so it can't be judged.`,
    );
  }
}

/**
 * Reads one property by a schema. What is not read stays untouched, so unknown values beside it don't matter.
 * @param path name of the property, or names on the way down to it, joined by dots
 * @throws UnreadableProperty when a part of it is unknown, or it is of another kind
 */
export function readProperty<T>(properties: object, path: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(plain(valueAt(properties, path), path));
  if (result.success) return result.data;
  throw new UnreadableProperty(path, "malformed");
}

function valueAt(properties: object, path: string): unknown {
  let value: unknown = properties;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = touch(value, name, path);
  }
  return value;
}

/** A copy free of the SDK's guards, which throw where an unknown value is touched; null counts as absent. */
function plain(value: unknown, path: string): unknown {
  if (value === null) return undefined;
  if (typeof value !== "object") return value;
  const copy = (key: string | number) => plain(touch(value, key, path), path);
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => copy(index));
  return Object.fromEntries(Object.keys(value).map((name) => [name, copy(name)]));
}

function touch(holder: object, key: string | number, path: string): unknown {
  try {
    return (holder as Readonly<Record<string | number, unknown>>)[key];
  } catch (error) {
    if (error instanceof Error && "unknownTypeSentinel" in error)
      throw new UnreadableProperty(path, "unknown");
    throw error;
  }
}
