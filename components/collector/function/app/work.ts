/** Queue `work`: one message, one run of one stream. */
import { app, type InvocationContext } from "@azure/functions";
import type { GraphEvent } from "../graph/figures";
import { queues, type ServedConnector, storageConnection } from "../model/settings";
import { type WorkItem, workItemSchema } from "../model/work-item";
import type { RunOutcome } from "../runtime/run-outcome";
import { invocationLog, type Log } from "../telemetry/log";
import type { CollectorApp } from "./collector-app";
import { poisonQueue, workQueue } from "./queue-outputs";
import { settle } from "./settle";
import { invocationDeadline } from "./time-limit";

export function registerWork(collector: CollectorApp): void {
  app.storageQueue("work", {
    queueName: queues.work,
    connection: storageConnection,
    extraOutputs: [workQueue, poisonQueue],
    handler: (message, context) => work(collector, message, context),
  });
}

async function work(collector: CollectorApp, message: unknown, context: InvocationContext): Promise<void> {
  const log = invocationLog(context);
  const parsed = workItemSchema.safeParse(message);
  if (!parsed.success) {
    log.error("work-item-malformed", {
      message: "The message is no work item and goes to the poison queue.",
    });
    context.extraOutputs.set(poisonQueue, message);
    return;
  }
  const item = parsed.data;
  const connector = collector.settings.connectors.find(({ slug }) => slug === item.connector);
  if (connector === undefined || !connector.streams.includes(item.stream)) {
    log.warning("not-served", { connector: item.connector, stream: item.stream });
    return;
  }
  const streamLog = invocationLog(context, { connector: item.connector, stream: item.stream });
  try {
    settle(await run(collector, connector, item, streamLog), item, context, streamLog);
  } finally {
    await collector.exportMetrics((text) => streamLog.warning("metrics-not-sent", { message: text }));
  }
}

async function run(
  collector: CollectorApp,
  connector: ServedConnector,
  item: WorkItem,
  log: Log,
): Promise<RunOutcome> {
  const deadline = invocationDeadline(new Date(), collector.environment);
  const [{ collectStream }, { openReaders }, { connectorCredential }, { streams }] = await Promise.all([
    import("../runtime/run-stream.js"),
    import("../management-activity/readers.js"),
    import("../sign-in/index.js"),
    import("../streams/index.js"),
  ]);
  const readers = openReaders({
    connector,
    credential: connectorCredential(connector, collector.settings.identityClientId),
    signal: collector.signal,
    deadline,
    log: (event) => logRequest(log, event),
  });
  const outcome = await collectStream({
    stream: streams[item.stream],
    connector,
    ...readers,
    store: await collector.store(),
    resync: item.resync,
    signal: collector.signal,
    deadline,
    // Whoever reads the parts finds a whole copy among them at any time.
    rewriteAfterDays: collector.settings.storage.retentionDays / 2,
  });
  if (outcome.end !== "busy") collector.metrics.record(outcome.status);
  return outcome;
}

function logRequest(
  log: Log,
  { event, message, path, status, requestId, waitMilliseconds }: GraphEvent,
): void {
  const level = event === "failed" ? "warning" : "information";
  log[level](`graph-${event}`, { path, status, requestId, waitMilliseconds, message });
}
