import { isMap, type Plain, type PlainProperties } from "../../../../../components/plugin/serve";
import { type ArmTypeDescription, USUALLY_BESIDE } from "./description";
import { placesOf } from "./path";

/** What a flattened object has beside its `properties`. */
const BESIDE_WITHIN: readonly string[] = ["etag", "id", "location", "name", "tags", "type"];

/** The body of a PUT. */
export interface ArmBody {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly [member: string]: unknown;
}

/** The body of a PUT: the declared inputs in ARM's names and places. */
export function bodyOf(
  description: ArmTypeDescription,
  inputs: PlainProperties,
  location: string | undefined,
): ArmBody {
  const unsaid = new Set([...placesOf(description), "id", "location"]);
  const beside = new Set(description.beside ?? USUALLY_BESIDE);
  const body: Record<string, unknown> = location === undefined ? {} : { location };
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (value === undefined || unsaid.has(name)) continue;
    const target = beside.has(name) ? body : properties;
    target[armName(description, name)] = armValue(description, name, value);
  }
  // The few types that the SDK does not flatten have their `properties` in one input.
  const { properties: whole, ...others } = properties;
  return { ...body, properties: isRecord(whole) ? { ...whole, ...others } : properties };
}

function armValue(description: ArmTypeDescription, path: string, value: Plain): unknown {
  if (Array.isArray(value)) {
    return path.endsWith("identity.userAssignedIdentities")
      ? Object.fromEntries(value.map((id: Plain) => [String(id), {}]))
      : value.map((item: Plain) => armValue(description, path, item));
  }
  if (!isMap(value)) return value;
  const members = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    if (member === undefined) return [];
    const within = `${path}.${name}`;
    return [[armName(description, within), armValue(description, within, member)]];
  });
  if (description.flattened?.includes(path) !== true) return Object.fromEntries(members);
  const outside = members.filter(([name]) => BESIDE_WITHIN.includes(name));
  const inside = members.filter(([name]) => !BESIDE_WITHIN.includes(name));
  // A reference by id alone is a reference: empty properties beside it would declare a new object.
  return {
    ...Object.fromEntries(outside),
    ...(inside.length === 0 ? {} : { properties: Object.fromEntries(inside) }),
  };
}

function armName({ renamed }: ArmTypeDescription, path: string): string {
  return renamed?.[path] ?? path.slice(path.lastIndexOf(".") + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
