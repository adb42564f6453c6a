/** Timer: every stream that neither waits nor runs gets a work item. */
import { app, type InvocationContext } from "@azure/functions";
import { scheduleName } from "../model/settings";
import { invocationLog } from "../telemetry/log";
import type { CollectorApp } from "./collector-app";
import { workQueue } from "./queue-outputs";
import { select } from "./selection";

export function registerSchedule(collector: CollectorApp): void {
  app.timer("schedule", {
    schedule: `%${scheduleName}%`,
    extraOutputs: [workQueue],
    handler: (_timer, context) => enqueueAll(collector, context),
  });
}

async function enqueueAll(collector: CollectorApp, context: InvocationContext): Promise<void> {
  const log = invocationLog(context);
  const { settings, problem } = collector.configuration;
  if (problem !== undefined) {
    log.error("configuration", { message: problem.message, next: problem.next });
    return;
  }
  if (settings.mode === "provision") return;
  const { workItems } = await import("./enqueue.js");
  const { selected } = select(settings, {});
  const request = { reason: "schedule" as const, resync: false, now: new Date() };
  const items = await workItems(await collector.store(), selected, request);
  if (items.length > 0) context.extraOutputs.set(workQueue, items);
  log.information("scheduled", { enqueued: items.length, underWay: selected.length - items.length });
}
