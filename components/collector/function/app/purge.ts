/** POST /api/purge deletes what was collected, checkpoints too: the next run reads everything anew. Needs a key. */
import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from "@azure/functions";
import { streamNames } from "../model/stream-names";
import { invocationLog } from "../telemetry/log";
import { answered, badRequest, readBody } from "./answers";
import type { CollectorApp } from "./collector-app";
import { selectionSchema } from "./selection";

export function registerPurge(collector: CollectorApp): void {
  app.http("purge", {
    methods: ["POST"],
    authLevel: "function",
    route: "purge",
    handler: (request, context) => answered(collector, context, () => purge(collector, request, context)),
  });
}

/** Connectors that are no longer served can be purged by name. */
async function purge(
  collector: CollectorApp,
  request: HttpRequest,
  context: InvocationContext,
): Promise<HttpResponseInit> {
  const body = await readBody(request, selectionSchema);
  if (body.problem !== undefined) return badRequest(body.problem);
  const { purgeAssessments, purgeStream } = await import("../runtime/purge-stream.js");
  const connectors = body.value.connectors ?? collector.settings.connectors.map(({ slug }) => slug);
  const store = await collector.store();
  const purged = [];
  for (const connector of connectors) {
    for (const stream of body.value.streams ?? streamNames) {
      const blobs = await purgeStream(store, connector, stream);
      if (blobs !== 0)
        purged.push({ connector, stream, ...(blobs === undefined ? { busy: true } : { blobs }) });
    }
    // Some streams only: the others still hold what was found.
    const assessments = body.value.streams === undefined ? await purgeAssessments(store, connector) : 0;
    if (assessments > 0) purged.push({ connector, stream: "assessments", blobs: assessments });
  }
  invocationLog(context).information("purged", { streams: purged.length });
  return { status: 200, jsonBody: { purged } };
}
