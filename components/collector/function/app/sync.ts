/** POST /api/sync starts streams, GET /api/sync says how they stand. Both need a key of the app. */
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from "@azure/functions";
import { z } from "zod";
import type { StreamStatus } from "../model/status";
import { invocationLog } from "../telemetry/log";
import { answered, badRequest, readBody } from "./answers";
import type { CollectorApp } from "./collector-app";
import { workQueue } from "./queue-outputs";
import { select, selectionSchema } from "./selection";

const bodySchema = selectionSchema.extend({
  /** Read everything although there is a checkpoint. */
  resync: z.boolean().default(false),
});

export function registerSync(collector: CollectorApp): void {
  app.http("sync", {
    methods: ["GET", "POST"],
    authLevel: "function",
    route: "sync",
    extraOutputs: [workQueue],
    handler: (request, context) =>
      answered(collector, context, () =>
        request.method === "GET" ? statuses(collector) : start(collector, request, context),
      ),
  });
}

async function start(
  collector: CollectorApp,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const { settings } = collector;
  if (settings.mode === "provision") {
    const message = "This app serves read-write connectors and is idle until something is to be provisioned.";
    return { status: 202, jsonBody: { enqueued: [], message } };
  }
  const body = await readBody(request, bodySchema);
  if (body.problem !== undefined) return badRequest(body.problem);
  const { resync, ...selection } = body.value;
  const { selected, unknown } = select(settings, selection);
  if (unknown.length > 0) {
    const served = settings.connectors.map(({ slug }) => slug).join(", ");
    return badRequest(`This app does not serve ${unknown.join(", ")}. It serves ${served}.`);
  }
  const { workItems } = await import("./enqueue.js");
  const items = await workItems(await collector.store(), selected, {
    reason: "request",
    resync,
    now: new Date(),
  });
  if (items.length > 0) context.extraOutputs.set(workQueue, items);
  invocationLog(context).information("requested", { enqueued: items.length, resync });
  return {
    status: 202,
    jsonBody: { enqueued: items.map(({ connector, stream }) => ({ connector, stream })) },
  };
}

async function statuses(collector: CollectorApp): Promise<HttpResponseInit> {
  const { settings } = collector;
  const { readStanding } = await import("../runtime/standing.js");
  const store = await collector.store();
  const found = await Promise.all(
    select(settings, {}).selected.map(({ connector, stream }) =>
      readStanding(store, connector, stream, { runner: "function app", now: new Date() }),
    ),
  );
  const streams = found.filter((status): status is StreamStatus => status !== undefined);
  return { status: 200, jsonBody: { stack: settings.stack, mode: settings.mode, streams } };
}
