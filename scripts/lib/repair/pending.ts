/** What an interrupted deployment left in the state. Pure: it looks at the exported state only. */
import type { ExportedState, StateResource } from "../stack/state";

/** What the state says about an interruption. */
export interface Interruption {
  /** Creations that were under way: the object may exist without the state knowing its id. */
  readonly creates: readonly StateResource[];
  /** Resources whose update or deletion was under way, or that still wait for deletion: they are read anew. */
  readonly uncertain: readonly string[];
  /** When the state was last written, milliseconds since 1970: a creation began about then, not before. */
  readonly writtenAt: number;
}

/** Reads from a state what was interrupted. */
export function interruptionOf({ deployment }: ExportedState): Interruption {
  const operations = deployment.pending_operations;
  const known = new Set(deployment.resources.map(({ urn }) => urn));
  const creates = operations.filter(({ type }) => type === "creating").map(({ resource }) => resource);
  const touched = operations.filter(({ type }) => type !== "creating").map(({ resource }) => resource.urn);
  const condemned = deployment.resources.filter((resource) => resource.delete === true).map(({ urn }) => urn);
  return {
    creates,
    uncertain: [...new Set([...touched, ...condemned])].filter((urn) => known.has(urn)),
    writtenAt: Date.parse(deployment.manifest.time),
  };
}

/** True when there is something to repair. */
export function wasInterrupted({ creates, uncertain }: Interruption): boolean {
  return creates.length > 0 || uncertain.length > 0;
}

/** A resource of the state that was found again: its object exists under this id. */
export interface Adoption {
  readonly resource: StateResource;
  readonly id: string;
}

/**
 * The state after the repair: what was found is there with its id (its outputs are read afterwards by a refresh), and nothing
 * is pending. A found resource goes to the end: all that it depends on was there before it was begun.
 */
export function repairedState(state: ExportedState, adoptions: readonly Adoption[]): ExportedState {
  const adopted = adoptions.map(({ resource, id }) => ({ ...resource, id, outputs: { ...resource.inputs } }));
  const resources = [...state.deployment.resources, ...adopted];
  return { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } };
}
