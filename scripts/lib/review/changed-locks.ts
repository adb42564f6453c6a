/** Reads the lock files that differ between two states, and says what of them can't be used. */
import type { Fleet, Note } from "../../../components/permissions/diff/model";
import {
  LockFileError,
  LockTooLargeError,
  MissingLockError,
  maximumBytes,
} from "../../../components/permissions/lock/errors";
import { parseLock } from "../../../components/permissions/lock/parse";
import type { Lock } from "../../../components/permissions/lock/schema";
import { UserError } from "../errors";
import { lockPath } from "./names";
import type { State } from "./states";

/** The stacks whose lock files differ. */
export interface ChangedLocks {
  readonly before: Fleet;
  readonly after: Fleet;
  /** Stacks in either state. */
  readonly stacks: number;
  /** Paths of the files that differ. */
  readonly files: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * The lock files that differ.
 * @throws a LockFileError when one of the head can't be used, or a UserError that lists several. One of the base can't be
 * mended by the change under review: it counts as absent, so that everything in it is shown as new, and a note says so.
 */
export function changedLocks(base: State, head: State): ChangedLocks {
  const all = [...new Set([...base.locks.keys(), ...head.locks.keys()])].sort();
  const differing = all.filter((stack) => base.locks.get(stack)?.blob !== head.locks.get(stack)?.blob);
  const past = readAll(base, differing, { past: true });
  const present = readAll(head, differing, { past: false });
  refuseAny([...present.problems.values(), ...unlocked(base, head)]);
  const unreadable = [...past.problems].map(([stack, { message }]) =>
    noteOf(
      stack,
      `The lock file in ${base.name} can't be used, so everything in it counts as new. ${message}`,
    ),
  );
  return {
    before: past.fleet,
    after: present.fleet,
    stacks: all.length,
    files: differing.map(lockPath),
    notes: [...unreadable, ...neverLocked(base, head)],
  };
}

function readAll(
  state: State,
  stacks: readonly string[],
  options: { readonly past: boolean },
): { readonly fleet: Fleet; readonly problems: ReadonlyMap<string, LockFileError> } {
  const fleet = new Map<string, Lock>();
  const problems = new Map<string, LockFileError>();
  const there = stacks.filter((stack) => state.locks.has(stack));
  const small = there.filter((stack) => (state.locks.get(stack)?.bytes ?? 0) <= maximumBytes);
  const contents = state.read(small);
  for (const stack of there) {
    const file = lockPath(stack);
    try {
      const text = contents.get(stack);
      if (!small.includes(stack) || text === undefined) {
        throw new LockTooLargeError(file, state.locks.get(stack)?.bytes ?? 0);
      }
      fleet.set(stack, parseLock(text, file, options));
    } catch (error) {
      if (!(error instanceof LockFileError)) throw error;
      problems.set(stack, error);
    }
  }
  return { fleet, problems };
}

/** A stack whose lock file went, or that came without one, hides what it may do. */
function unlocked(base: State, head: State): readonly LockFileError[] {
  return [...head.stackFiles]
    .filter((stack) => !head.locks.has(stack) && (base.locks.has(stack) || !base.stackFiles.has(stack)))
    .sort()
    .map((stack) => new MissingLockError(lockPath(stack)));
}

/** A stack that had no lock file before this change either is not this change's fault. */
function neverLocked(base: State, head: State): readonly Note[] {
  return [...head.stackFiles]
    .filter((stack) => !head.locks.has(stack) && !base.locks.has(stack) && base.stackFiles.has(stack))
    .sort()
    .map((stack) =>
      noteOf(
        stack,
        `Pulumi.${stack}.yaml has no lock file, so its permissions are not reviewed here. Write it: npm run -s cli -- permissions lock --stack ${stack}`,
      ),
    );
}

function refuseAny(problems: readonly LockFileError[]): void {
  const [first, ...others] = problems;
  if (first === undefined) return;
  if (others.length === 0) throw first;
  throw new UserError(
    [
      `${problems.length} lock files can't be used`,
      "",
      ...problems.map(({ message }) => `  ${message}`),
      "",
    ].join("\n"),
    { next: [...new Set(problems.map(({ next }) => next))].slice(0, 10).join("\n") },
  );
}

function noteOf(stack: string, text: string): Note {
  return { text, places: [{ stack, connector: "", tenantId: "" }] };
}
