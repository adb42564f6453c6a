/** Changes a directory as a working day does: the same seed makes the same changes to the same directory. */
import type { Tenant } from "../../core/types";
import { openDirectory } from "../../directory/open";
import { Random } from "../../directory/seed/random";
import { type ChangeKind, type Churn, changes } from "./changes";

/** How much is changed, and which changes these are. */
export interface ChurnSize {
  readonly changes: number;
  readonly seed: number;
}

/** How many changes of each kind were made. */
export type ChurnCounts = Readonly<Record<ChangeKind, number>>;

/** Changes between two moments at which other work of the process may run. */
const breath = 500;

/** Out of a hundred changes, so many are of that kind. */
const shares: readonly (readonly [ChangeKind, number])[] = [
  ["userUpdated", 28],
  ["userCreated", 12],
  ["userDeleted", 8],
  ["userRestored", 4],
  ["memberAdded", 22],
  ["memberRemoved", 16],
  ["groupUpdated", 5],
  ["groupCreated", 3],
  ["groupDeleted", 2],
];

/** Makes so many changes; one that finds nothing to change (a restore without deleted users) updates a user instead. */
export async function churnDirectory(tenant: Tenant, size: ChurnSize): Promise<ChurnCounts> {
  const directory = openDirectory(tenant.store);
  const churn: Churn = { directory, tenant, random: new Random(size.seed, "churn"), ids: new Map() };
  const counts = Object.fromEntries(shares.map(([kind]) => [kind, 0])) as Record<ChangeKind, number>;
  for (let number = 0; number < size.changes; number += 1) {
    const kind = kindOf(churn.random.below(100));
    const made = changes[kind](churn) ? kind : "userUpdated";
    if (made !== kind && !changes.userUpdated(churn)) changes.userCreated(churn);
    counts[made] += 1;
    if (number % breath === breath - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  await tenant.store.flush();
  return counts;
}

function kindOf(percent: number): ChangeKind {
  let sum = 0;
  for (const [kind, share] of shares) {
    sum += share;
    if (percent < sum) return kind;
  }
  return "userUpdated";
}
