/** Application Insights' ingestion endpoint: takes telemetry from whoever may send it, counts it and forgets it. */
import { gunzipSync } from "node:zlib";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { isDataActionAllowed } from "../arm/access";
import { findInsightsComponent, type InsightsComponent, insightsComponents } from "../arm/insights";
import { TokenError } from "../core/tokens";
import type { Collection, Entity, Store, Tenant } from "../core/types";

/** How much a component was sent. */
interface Received extends Entity {
  readonly items: number;
}

const envelope = z.looseObject({ iKey: z.string() });
const largest = 64 * 1024 * 1024;

/** A refusal of the whole request. */
class IngestionError extends Error {
  override readonly name = "IngestionError";

  constructor(
    readonly status: 400 | 401 | 403,
    message: string,
  ) {
    super(message);
  }
}

/** The ingestion endpoint: `POST /v2.1/track` (and `/v2/track`). Paths are relative to `/monitor`. */
export function createMonitorApp(tenant: Tenant): Hono {
  const received = openReceived(tenant.store);
  const app = new Hono();
  app.on("POST", ["/v2.1/track", "/v2/track"], async (context) => {
    const envelopes = readEnvelopes(await bytesOf(context));
    let accepted = 0;
    for (const [key, items] of countByKey(envelopes)) {
      const component = findInsightsComponent(tenant, key);
      if (component === undefined) throw new IngestionError(400, "Invalid instrumentation key");
      await authorize(tenant, component, context.req.header("authorization"));
      received.put({ id: component.id, items: (received.get(component.id)?.items ?? 0) + items });
      accepted += items;
    }
    return context.json({ itemsReceived: envelopes.length, itemsAccepted: accepted, errors: [] });
  });
  app.onError((error, context) => {
    if (!(error instanceof IngestionError)) throw error;
    const errors = [{ index: 0, statusCode: error.status, message: error.message }];
    return context.json({ itemsReceived: 0, itemsAccepted: 0, errors }, error.status);
  });
  return app;
}

/** For `tenant status`: how many items each component got. */
export function telemetryCounts(tenant: Pick<Tenant, "store">): Readonly<Record<string, number>> {
  const received = openReceived(tenant.store);
  return Object.fromEntries(
    insightsComponents(tenant).map(({ id, name }) => [name, received.get(id)?.items ?? 0]),
  );
}

function openReceived(store: Store): Collection<Received> {
  return store.collection<Received>("monitorReceived");
}

/** @throws IngestionError 401 without a good token, 403 without the role Monitoring Metrics Publisher */
async function authorize(
  tenant: Tenant,
  component: InsightsComponent,
  authorization: string | undefined,
): Promise<void> {
  if (authorization === undefined && component.localAuth) return;
  try {
    const { objectId } = await tenant.tokens.verify(authorization, "monitor");
    if (isDataActionAllowed(tenant, objectId, component.id, "Microsoft.Insights/Telemetry/Write")) return;
    throw new IngestionError(
      403,
      "The caller has no role that allows to publish telemetry: assign Monitoring Metrics Publisher on the component.",
    );
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new IngestionError(401, `Authentication required: ${error.message}`);
  }
}

async function bytesOf(context: Context): Promise<Buffer> {
  const bytes = Buffer.from(await context.req.arrayBuffer());
  if (context.req.header("content-encoding") !== "gzip") return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch {
    throw new IngestionError(400, "The body can't be decompressed.");
  }
}

/** Envelopes come as a JSON array or one a line. */
function readEnvelopes(bytes: Buffer): z.output<typeof envelope>[] {
  const text = bytes.toString("utf8").trim();
  try {
    const parsed: unknown = text.startsWith("[")
      ? JSON.parse(text)
      : text.split("\n").map((line) => JSON.parse(line));
    return z.array(envelope).parse(parsed);
  } catch {
    throw new IngestionError(400, "The body holds no telemetry envelopes.");
  }
}

function countByKey(envelopes: readonly { readonly iKey: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { iKey } of envelopes) counts.set(iKey, (counts.get(iKey) ?? 0) + 1);
  return counts;
}
