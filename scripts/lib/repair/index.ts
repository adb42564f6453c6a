/**
 * Repairs what an interrupted deployment left: stale locks, creations of which the state doesn't know whether they happened, and
 * keys whose value was lost. The engine alone would create a second time (and leave the first as an orphan).
 */

import { runEngine } from "../stack/engine";
import type { StackReference } from "../stack/project";
import type { ExportedState, StateResource } from "../stack/state";
import { exportState, importState } from "../stack/state";
import { findInAzure, isInAzure } from "./azure-finders";
import { directoryFinders } from "./directory-finders";
import { clearStaleLocks } from "./locks";
import { removeOrphanKeys } from "./orphan-keys";
import { type Adoption, type Interruption, interruptionOf, repairedState, wasInterrupted } from "./pending";
import { graphOf } from "./places";

/** What the repair did. */
export interface Repair {
  readonly locksCleared: number;
  /** Objects that existed and are now in the state, by URN. */
  readonly adopted: readonly string[];
  /** Creations that had made nothing. */
  readonly cleared: readonly string[];
  /** Secrets removed, by display name. */
  readonly keysRemoved: readonly string[];
}

/** How to go about it. */
export interface RepairOptions {
  /** Milliseconds that a new object may take to show up in the directory's lists. */
  readonly settle: number;
  readonly progress: (line: string) => void;
}

/**
 * Repairs the stack when its last deployment was interrupted; answers what was done, undefined when there was nothing to do.
 * Safe to run again when it is itself interrupted: pending creations leave the state only with the finished repair.
 */
export async function repairInterrupted(
  stack: StackReference,
  { settle, progress }: RepairOptions,
): Promise<Repair | undefined> {
  const locksCleared = clearStaleLocks(process.env.PULUMI_BACKEND_URL, stack.name);
  const state = await exportState(stack);
  const interruption = interruptionOf(state);
  if (locksCleared === 0 && !wasInterrupted(interruption)) return undefined;
  progress("the last deployment was interrupted: looking for what it made");
  const graph = graphOf(state);
  const find = (resource: StateResource) => findObject(resource, graph);
  const adoptions = await findAdoptions(interruption, find, { settle, progress });
  const keysRemoved = await removeOrphanKeys(repairedState(state, adoptions), graph);
  if (wasInterrupted(interruption)) await writeRepair(stack, state, adoptions, interruption, progress);
  const adopted = adoptions.map(({ resource }) => resource.urn);
  return {
    locksCleared,
    adopted,
    cleared: interruption.creates.map(({ urn }) => urn).filter((urn) => !adopted.includes(urn)),
    keysRemoved: keysRemoved.map(({ displayName }) => displayName),
  };
}

async function findObject(
  resource: StateResource,
  graph: ReturnType<typeof graphOf>,
): Promise<string | undefined> {
  if (isInAzure(resource.type)) return findInAzure(resource);
  const finder = directoryFinders[resource.type];
  return finder?.(resource.inputs, await graph(resource));
}

/** Looks for every interrupted creation, again and again until a new object must have shown up. */
async function findAdoptions(
  { creates, writtenAt }: Interruption,
  find: (resource: StateResource) => Promise<string | undefined>,
  { settle, progress }: RepairOptions,
): Promise<Adoption[]> {
  const adoptions: Adoption[] = [];
  let open = creates.filter(({ type }) => isInAzure(type) || type in directoryFinders);
  while (open.length > 0) {
    const isLast = Date.now() >= writtenAt + settle;
    const looked = await Promise.all(open.map(async (resource) => ({ resource, id: await find(resource) })));
    adoptions.push(...looked.flatMap(({ resource, id }) => (id === undefined ? [] : [{ resource, id }])));
    open = looked.flatMap(({ resource, id }) => (id === undefined ? [resource] : []));
    if (isLast) break;
    progress(`waiting for ${open.length} interrupted creations to show up, if they happened`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return adoptions;
}

/** Writes the repaired state, then reads what was found or is uncertain as it really is. */
async function writeRepair(
  stack: StackReference,
  state: ExportedState,
  adoptions: readonly Adoption[],
  { uncertain }: Interruption,
  progress: (line: string) => void,
): Promise<void> {
  await importState(stack, repairedState(state, adoptions));
  const targets = [...uncertain, ...adoptions.map(({ resource }) => resource.urn)];
  if (targets.length === 0) return;
  progress(`reading ${targets.length} resources anew`);
  const flags = [...new Set(targets)].flatMap((urn) => ["--target", urn]);
  await runEngine(stack, ["refresh", "--yes", "--skip-preview", ...flags]);
}
