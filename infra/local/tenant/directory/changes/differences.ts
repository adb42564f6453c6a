import type { Entity } from "../../core/types";

const notCompared: ReadonlySet<string> = new Set(["id", "owners", "managerId", "properties"]);

/** Names of the properties in which two versions of an object differ, those in `properties` included. */
export function changedProperties(previous: Entity, next: Entity): readonly string[] {
  const before = flat(previous);
  const after = flat(next);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].filter((name) => !isSame(before.get(name), after.get(name)));
}

/** What one list has and the other has not, in both directions. */
export function changedIds(previous: readonly string[], next: readonly string[]): readonly string[] {
  if (previous === next) return [];
  const before = new Set(previous);
  const after = new Set(next);
  return [...previous.filter((id) => !after.has(id)), ...next.filter((id) => !before.has(id))];
}

function flat(entity: Entity): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(entity)) if (!notCompared.has(name)) values.set(name, value);
  const inner = "properties" in entity ? entity.properties : undefined;
  if (typeof inner === "object" && inner !== null) {
    for (const [name, value] of Object.entries(inner)) values.set(name, value);
  }
  return values;
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  return typeof left === "object" && typeof right === "object"
    ? JSON.stringify(left) === JSON.stringify(right)
    : false;
}
