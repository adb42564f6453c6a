import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differenceOfFleets } from "../../../components/permissions/diff/fleet-difference";
import {
  applyDifference,
  differenceOfLocks,
  isEmpty,
  reverseDifference,
} from "../../../components/permissions/diff/lock-difference";
import { reviewOf } from "../../../components/permissions/diff/review";
import { reviewMarkdown } from "../../../scripts/lib/review/markdown";
import { notesOn } from "../../../scripts/lib/review/notes";
import { reviewTerminal } from "../../../scripts/lib/review/terminal";
import { anyFleet, anyLock } from "./arbitrary-lock";

const runs = { numRuns: 300 };
/** Rendering takes longer than comparing. */
const fewer = { numRuns: 60 };

describe("the difference of two locks", () => {
  test("of a lock and itself is empty", () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        expect(isEmpty(differenceOfLocks(lock, lock))).toBe(true);
      }),
      runs,
    );
  });

  test("applied to the first gives the second", () => {
    fc.assert(
      fc.property(anyLock, anyLock, (before, after) => {
        expect(applyDifference(before, differenceOfLocks(before, after))).toEqual(after);
      }),
      runs,
    );
  });

  test("the other way round is its reverse", () => {
    fc.assert(
      fc.property(anyLock, anyLock, (before, after) => {
        expect(differenceOfLocks(after, before)).toEqual(reverseDifference(differenceOfLocks(before, after)));
      }),
      runs,
    );
  });

  test("does not depend on the order in which a lock is written", () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        const turned = { ...lock, connectors: [...lock.connectors].reverse() };
        expect(isEmpty(differenceOfLocks(lock, turned))).toBe(true);
      }),
      runs,
    );
  });
});

describe("the difference of two states of all stacks", () => {
  test("of a state and itself is empty, and the other way round names the same stacks", () => {
    fc.assert(
      fc.property(anyFleet, anyFleet, (before, after) => {
        expect(differenceOfFleets(before, before)).toEqual([]);
        const [there, back] = [differenceOfFleets(before, after), differenceOfFleets(after, before)];
        const names = (changes: typeof there) =>
          changes
            .map((one) => [one.stack, "previousName" in one ? (one.previousName ?? "") : ""].sort().join())
            .sort();
        expect(names(there)).toEqual(names(back));
        for (const change of there) {
          if (change.kind === "changed") {
            expect(applyDifference(change.before, change.difference)).toEqual(change.after);
          }
        }
      }),
      runs,
    );
  });

  test("can always be shown: every permission that comes is in the review, and the comment fits", () => {
    fc.assert(
      fc.property(anyFleet, anyFleet, (before, after) => {
        const review = reviewOf(
          {
            base: { ref: "main", commit: "0".repeat(40) },
            head: { ref: "worktree", commit: null },
            before,
            after,
            stacks: 4,
            owners: [],
            label: "approved",
            files: [],
          },
          (changes) => notesOn(changes, new Date("2026-06-01T00:00:00Z")),
        );
        const added = review.stacks.flatMap(({ stack, difference }) =>
          difference.connectors.flatMap((change) => {
            if (change.kind === "removed") return [];
            const lines =
              change.kind === "added"
                ? change.after.appRoles
                : change.difference.appRoles.flatMap((one) => (one.kind === "added" ? [one.after] : []));
            return lines.map(({ role }) => `${stack} ${change.name} ${role}`);
          }),
        );
        const shown = review.lines
          .filter(({ subject, kind }) => subject === "appRole" && kind === "added")
          .flatMap(({ name, places }) =>
            places.map(({ stack, connector }) => `${stack} ${connector} ${name}`),
          );
        expect([...shown].sort()).toEqual([...added].sort());
        expect(reviewMarkdown(review).length).toBeLessThanOrEqual(64_000);
        expect(reviewTerminal(review)).toContain("Permission review");
      }),
      fewer,
    );
  });
});
