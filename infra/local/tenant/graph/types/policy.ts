import type { Policy } from "../../directory/model";
import { defineType, type EntityType, type Property, text } from "../entity-type";

/** The type of one policy: its properties are those that the stored policy has. */
export function policyType(name: string, policies: Iterable<Policy>): EntityType {
  const properties: Record<string, Property> = { id: text(), displayName: text() };
  for (const policy of policies) {
    for (const [property, value] of Object.entries(policy.properties)) {
      properties[property] = { kind: kindOf(value) };
    }
  }
  return defineType<Policy>({ name, properties });
}

function kindOf(value: unknown): Property["kind"] {
  if (Array.isArray(value)) return "objects";
  if (typeof value === "boolean" || typeof value === "number") return typeof value as "boolean" | "number";
  return typeof value === "object" ? "object" : "string";
}
