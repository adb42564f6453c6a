import { isDeepStrictEqual } from "node:util";
import { formatVersion, type Lock, schemaReference } from "../lock/schema";
import { byText } from "../planning/requirement";
import { differenceOfLocks, isEmpty } from "./lock-difference";
import type { Fleet, StackChange } from "./model";

const emptyLock: Lock = {
  $schema: schemaReference,
  formatVersion,
  azureRoleAssignments: [],
  connectors: [],
};

/** What differs between two states of all stacks, sorted by the stack's name. */
export function differenceOfFleets(before: Fleet, after: Fleet): readonly StackChange[] {
  const gone = namesOnlyIn(before, after);
  const come = namesOnlyIn(after, before);
  const renamed = renames(gone, come, before, after);
  const renamedFrom = new Set(renamed.values());
  const changes = [
    ...[...after].flatMap(([stack, lock]) => changeOf(stack, before.get(stack), lock)),
    ...come.map((stack) => arrival(stack, renamed.get(stack), before, lockOf(after, stack))),
    ...gone
      .filter((stack) => !renamedFrom.has(stack))
      .map((stack): StackChange => {
        const lock = lockOf(before, stack);
        return { kind: "removed", stack, before: lock, difference: differenceOfLocks(lock, emptyLock) };
      }),
  ];
  return changes.sort(byText(({ stack }) => stack));
}

function changeOf(stack: string, before: Lock | undefined, after: Lock): StackChange[] {
  if (before === undefined) return [];
  const difference = differenceOfLocks(before, after);
  return isEmpty(difference) ? [] : [{ kind: "changed", stack, before, after, difference }];
}

function arrival(stack: string, previousName: string | undefined, past: Fleet, after: Lock): StackChange {
  if (previousName === undefined) {
    return { kind: "added", stack, after, difference: differenceOfLocks(emptyLock, after) };
  }
  const before = lockOf(past, previousName);
  const difference = differenceOfLocks(before, after);
  return { kind: "changed", stack, previousName, before, after, difference };
}

function namesOnlyIn(fleet: Fleet, other: Fleet): readonly string[] {
  return [...fleet.keys()].filter((name) => !other.has(name)).sort();
}

/**
 * New names with the old ones. A stack that went and one that came are the same one when they say the same, or, failing
 * that, when they alone have the same connectors in the same tenants: a rename and an edit in one change.
 */
function renames(
  gone: readonly string[],
  come: readonly string[],
  before: Fleet,
  after: Fleet,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const left = () => gone.filter((name) => ![...found.values()].includes(name));
  for (const stack of come) {
    const same = left().find((name) => isDeepStrictEqual(lockOf(before, name), lockOf(after, stack)));
    if (same !== undefined) found.set(stack, same);
  }
  for (const stack of come) {
    if (found.has(stack)) continue;
    const wanted = tenantsOf(lockOf(after, stack));
    const rivals = come.filter((name) => !found.has(name) && tenantsOf(lockOf(after, name)) === wanted);
    const [same, ...others] = left().filter((name) => tenantsOf(lockOf(before, name)) === wanted);
    if (same !== undefined && others.length === 0 && rivals.length === 1 && wanted !== "") {
      found.set(stack, same);
    }
  }
  return found;
}

function tenantsOf({ connectors }: Lock): string {
  return connectors
    .map(({ name, tenantId }) => `${name}\n${tenantId}`)
    .sort()
    .join("\n\n");
}

function lockOf(fleet: Fleet, stack: string): Lock {
  return fleet.get(stack) ?? emptyLock;
}
