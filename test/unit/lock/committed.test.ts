import { expect, test } from "vitest";
import { lockStacks } from "../../../scripts/lib/review/lock-stacks";

test("the lock file of every committed stack says what its settings ask for", () => {
  const locks = lockStacks({ write: false });
  expect(locks.map(({ stack }) => stack)).toContain("dev");
  expect(locks.filter(({ state }) => state !== "current")).toEqual([]);
});
