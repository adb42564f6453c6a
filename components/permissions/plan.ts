import type { Manifest } from "./manifest";
import type { PlanInput } from "./settings";

/** Works out what a stack asks of its tenants. Pure: the same input gives the same manifest, whatever the order of the entries. */
export function plan(input: PlanInput): Manifest {
  if (input.connectors.length === 0) return { formatVersion: 1, connectors: [] };
  throw new Error("not planned yet");
}
