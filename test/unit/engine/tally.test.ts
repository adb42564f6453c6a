import { describe, expect, it } from "vitest";
import { addTallies, tallyLine, tallyOf } from "../../../scripts/lib/test-tally";

function report(counts: { passed?: number; failed?: number; pending?: number; unloadable?: number }): string {
  return JSON.stringify({
    numPassedTests: counts.passed ?? 0,
    numFailedTests: counts.failed ?? 0,
    numPendingTests: counts.pending ?? 0,
    numTodoTests: 0,
    testResults: Array.from({ length: counts.unloadable ?? 0 }, () => ({
      status: "failed",
      assertionResults: [],
    })),
  });
}

describe("tallyOf", () => {
  it("counts what the report says", () => {
    expect(tallyOf(report({ passed: 3, pending: 1 }), 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(tallyOf(report({ passed: 3, failed: 2 }), 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it("counts a file that could not be loaded as a failure", () => {
    expect(tallyOf(report({ passed: 3, unloadable: 1 }), 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it.each([
    ["missing", undefined, 0],
    ["cut off", '{"numPassedTests": 3', 0],
    ["of another kind", '{"passed": 3}', 0],
  ])("counts a report that is %s as a failure", (_what, text, exitCode) => {
    expect(tallyOf(text, exitCode)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it.each([1, undefined])(
    "counts a runner that ends with %s although no test failed as a failure",
    (code) => {
      expect(tallyOf(report({ passed: 3 }), code)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    },
  );
});

describe("the last line", () => {
  it("names skipped tests only when there are any", () => {
    expect(tallyLine({ passed: 12, failed: 0, skipped: 0 })).toBe("12 passed, 0 failed");
    expect(tallyLine({ passed: 12, failed: 1, skipped: 2 })).toBe("12 passed, 1 failed, 2 skipped");
  });

  it("adds the runs up", () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addTallies([one, { passed: 10, failed: 20, skipped: 30 }])).toEqual({
      passed: 11,
      failed: 22,
      skipped: 33,
    });
  });
});
