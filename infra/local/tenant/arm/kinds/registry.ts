import type { Kind } from "./kind";

const byType = new Map<string, Kind>();

/** Makes the kinds known to what works on resources of any type. */
export function registerKinds(kinds: readonly Kind[]): void {
  for (const kind of kinds) byType.set(kind.type.toLowerCase(), kind);
}

/** The kind of a resource type. */
export function kindOf(type: string): Kind | undefined {
  return byType.get(type.toLowerCase());
}
