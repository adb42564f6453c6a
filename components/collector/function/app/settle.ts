/** What becomes of a message when its run has ended. */
import type { InvocationContext } from "@azure/functions";
import type { WorkItem } from "../model/work-item";
import type { RunOutcome } from "../runtime/run-outcome";
import { silentMilliseconds } from "../runtime/standing";
import type { Log } from "../telemetry/log";
import { workQueue } from "./queue-outputs";

/** The message has to come back: the platform shows it again after a while, a few times. */
class TryAgainError extends Error {
  override readonly name = "TryAgainError";
}

/** Logs the end, and queues the continuation of a run whose time ended. @throws TryAgainError when it has to come back */
export function settle(
  { end, status }: RunOutcome,
  item: WorkItem,
  context: Pick<InvocationContext, "extraOutputs">,
  log: Log,
): void {
  const { run, problem, state } = status;
  const fields = { runId: run?.runId, kind: run?.kind, records: run?.records, requests: run?.requests };
  const more = { throttled: run?.throttled, milliseconds: run?.milliseconds, resumed: run?.resumed };
  const said = { problem: problem?.code, message: problem?.message, requestId: problem?.requestId };
  const level = end === "failed" || end === "failed-for-now" ? "error" : "information";
  log[level](end, { state, ...fields, ...more, ...said });
  if (end === "failed-for-now") throw new TryAgainError(problem?.message ?? "The run failed for now.");
  if (end === "cancelled")
    throw new TryAgainError("The instance is being stopped; the run goes on elsewhere.");
  if (end === "stopped") {
    context.extraOutputs.set(workQueue, {
      ...item,
      reason: "continuation",
      requestedAt: new Date().toISOString(),
    });
  }
  if (end === "busy" && (item.resync || Date.now() - Date.parse(status.updatedAt) > silentMilliseconds)) {
    throw new TryAgainError("Another instance holds the stream's lease.");
  }
}
