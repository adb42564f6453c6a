/** GET /api/health: whether the app can work at all. Anonymous, so it holds no data and names nothing of the tenant. */
import { app, type HttpResponseInit } from "@azure/functions";
import type { CollectorApp } from "./collector-app";

export function registerHealth(collector: CollectorApp): void {
  app.http("health", {
    methods: ["GET"],
    authLevel: "anonymous",
    route: "health",
    handler: () => health(collector),
  });
}

function health({ configuration: { problem } }: CollectorApp): HttpResponseInit {
  const headers = { "cache-control": "no-store" };
  if (problem === undefined) return { status: 200, headers, jsonBody: { status: "ok" } };
  return { status: 503, headers, jsonBody: { status: problem.message } };
}
