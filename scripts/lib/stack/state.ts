/** The stack's state as the engine exports it, with secrets left encrypted. */
import { z } from "zod";
import { runEngine } from "./engine";
import type { StackReference } from "./project";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  provider: z.string().optional(),
  /** An old instance that is still to be deleted. */
  delete: z.boolean().optional(),
});

const operation = z.looseObject({ resource, type: z.string() });

const exported = z.looseObject({
  version: z.number(),
  deployment: z.looseObject({
    manifest: z.looseObject({ time: z.string() }),
    resources: z.array(resource).default([]),
    pending_operations: z.array(operation).default([]),
  }),
});

export type StateResource = z.infer<typeof resource>;

export type ExportedState = z.infer<typeof exported>;

/** Reads the state. Secrets stay encrypted: nothing in the clear passes through here. */
export async function exportState(stack: StackReference): Promise<ExportedState> {
  const text = await runEngine(stack, ["stack", "export"]);
  return exported.parse(JSON.parse(text));
}

/** Writes a state back, by standard input: no file with it is left anywhere. The engine drops pending operations here. */
export async function importState(stack: StackReference, state: ExportedState): Promise<void> {
  await runEngine(stack, ["stack", "import"], JSON.stringify(state));
}
