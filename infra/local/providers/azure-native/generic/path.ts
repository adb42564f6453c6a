import { ArmIdError } from "../arm-ids";
import type { ArmTypeDescription } from "./description";

/** Places that hold a whole path. */
const WHOLE_PATHS = new Set(["scope", "resourceUri"]);

/** The names of the places in a type's path, without the subscription. */
export function placesOf({ path }: Pick<ArmTypeDescription, "path">): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "subscription");
}

/** The ARM path of a type with its places filled. */
export function filledPath(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? "").replace(/^\/+|\/+$/g, ""),
  );
}

/** The values at the places of an id. Fixed segments compare without regard to case, as ARM does. */
export function placesIn(id: string, path: string): Record<string, string> {
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    WHOLE_PATHS.has(name) ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  const found = new RegExp(`^${pattern}$`, "i").exec(id)?.groups;
  if (found === undefined) throw new ArmIdError(id, path);
  const values = Object.entries(found).filter(([name]) => name !== "subscription");
  return Object.fromEntries(
    values.map(([name, value]) => [name, WHOLE_PATHS.has(name) ? `/${value}` : value]),
  );
}
