import { describe, expect, it } from "vitest";
import { settle } from "../../../components/collector/function/app/settle";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import type { WorkItem } from "../../../components/collector/function/model/work-item";
import type { RunOutcome } from "../../../components/collector/function/runtime/run-outcome";

const item: WorkItem = {
  version: 1,
  connector: "contoso",
  stream: "groups",
  resync: false,
  reason: "schedule",
  requestedAt: "2026-11-21T08:00:00Z",
};

/** What was queued and logged, or the error by which the message comes back. */
function settled(end: RunOutcome["end"], status: Partial<StreamStatus> = {}, over: Partial<WorkItem> = {}) {
  const queued: object[] = [];
  const lines: string[] = [];
  const log = (level: string) => (event: string) => void lines.push(`${level} ${event}`);
  const outputs = { set: (_: unknown, value: object) => void queued.push(value), get: () => undefined };
  const updatedAt = new Date().toISOString();
  let error: string | undefined;
  try {
    settle(
      { end, status: { connector: "contoso", stream: "groups", state: "syncing", updatedAt, ...status } },
      { ...item, ...over },
      { extraOutputs: outputs },
      { information: log("information"), warning: log("warning"), error: log("error") },
    );
  } catch (thrown) {
    error = thrown instanceof Error ? thrown.message : String(thrown);
  }
  return { queued, lines, error };
}

describe("a message", () => {
  it("is done when the run is committed or failed for good", () => {
    expect(settled("committed")).toEqual({ queued: [], lines: ["information committed"], error: undefined });
    expect(settled("failed", { state: "error" })).toEqual({
      queued: [],
      lines: ["error failed"],
      error: undefined,
    });
  });

  it("is followed by a continuation when the time ended, a resync by a resync", () => {
    const { queued, error } = settled("stopped", {}, { resync: true });
    expect(error).toBeUndefined();
    expect(queued).toEqual([
      { ...item, resync: true, reason: "continuation", requestedAt: expect.stringMatching(/^20.*Z$/) },
    ]);
  });

  it("comes back when trying again may help or the instance is stopped", () => {
    const problem = { code: "throttled", message: "Graph throttles.", next: "" } as const;
    expect(settled("failed-for-now", { problem })).toMatchObject({ queued: [], error: "Graph throttles." });
    expect(settled("cancelled").error).toBeDefined();
  });

  it("is left to the instance that works on the stream, unless that is silent or a resync was asked for", () => {
    expect(settled("busy").error).toBeUndefined();
    expect(settled("busy", { updatedAt: new Date(Date.now() - 101_000).toISOString() }).error).toBeDefined();
    expect(settled("busy", {}, { resync: true }).error).toBeDefined();
  });
});
