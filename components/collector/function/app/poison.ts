/** Queue `work-poison`: a message that failed too often. Its stream says so; nothing is tried again by itself. */
import { app, type InvocationContext } from "@azure/functions";
import { queues, storageConnection } from "../model/settings";
import type { StreamStatus } from "../model/status";
import { type WorkItem, workItemSchema } from "../model/work-item";
import { invocationLog } from "../telemetry/log";
import type { CollectorApp } from "./collector-app";

export function registerPoison(collector: CollectorApp): void {
  app.storageQueue("work-poison", {
    queueName: queues.poison,
    connection: storageConnection,
    handler: (message, context) => poisoned(collector, message, context),
  });
}

async function poisoned(
  collector: CollectorApp,
  message: unknown,
  context: InvocationContext,
): Promise<void> {
  const log = invocationLog(context);
  const parsed = workItemSchema.safeParse(message);
  if (!parsed.success) {
    log.error("poison-message", { message: "A message of the work queue was no work item and is dropped." });
    return;
  }
  const { connector, stream } = parsed.data;
  log.error("poison-message", { connector, stream, message: "A work item failed too often and is dropped." });
  await markFailed(collector, parsed.data);
}

/** A stream that already says what is wrong goes on saying that. */
async function markFailed(collector: CollectorApp, { connector, stream }: WorkItem): Promise<void> {
  const { StreamDocuments } = await import("../runtime/stream-documents.js");
  const documents = new StreamDocuments(await collector.store(), connector, stream);
  const status = await documents.status();
  if (status?.state === "error" && status.problem !== undefined) return;
  const failed: StreamStatus = {
    ...status,
    connector,
    stream,
    state: "error",
    problem: {
      code: "internal",
      message: "The function app gave up this stream's work item after several failures.",
      next: "Look into the function app's log for its last run, then start the stream again.",
    },
    updatedAt: new Date().toISOString(),
  };
  await documents.writeStatus(failed);
}
