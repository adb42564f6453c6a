/** The Office 365 Management Activity API of the tenant (Microsoft page "Office 365 Management Activity API reference"). */
import { type Context, Hono } from "hono";
import { serviceRootHeader } from "../core/server/service-root";
import { TokenError } from "../core/tokens";
import type { Caller, Tenant } from "../core/types";
import { openDirectory } from "../directory/open";
import { ExchangeState } from "../exchange/state";
import { feedsOf } from "../feeds";
import { nobody, PublisherBudgets } from "./budgets";
import { expirationOf, findContent, growWithin, listContent, windowOf } from "./content";
import { ActivityError, refusals } from "./errors";
import { contentTypeOf, Subscriptions } from "./subscriptions";

export { Subscriptions } from "./subscriptions";

/** What can be chosen: budgets hold unless they are switched off. */
interface ActivityOptions {
  readonly throttling?: () => boolean;
}

const base = "/api/v1.0/:tenant/activity/feed";

/** Paths are relative to `/manage`, or to `manage.office.com`. */
export function createManagementActivityApp(tenant: Tenant, options: ActivityOptions = {}): Hono {
  const subscriptions = new Subscriptions(tenant.store, tenant.clock);
  const directory = openDirectory(tenant.store);
  const feeds = feedsOf(tenant.store, directory);
  const exchange = new ExchangeState(tenant.store, directory);
  const budgets = new PublisherBudgets(tenant.clock, options.throttling ?? (() => true));
  const app = new Hono({ getPath: (request) => lowerFixedPart(new URL(request.url).pathname) });
  const enter = (context: Context, method: string) => admit(tenant, budgets, context, method);

  app.post(`${base}/subscriptions/start`, async (context) => {
    const caller = await enter(context, "StartSubscription");
    const contentType = contentTypeOf(context.req.query("contentType"));
    const webhook = webhookIn(await context.req.text());
    if (webhook !== undefined) throw refusals.webhook(webhook);
    const { UnifiedAuditLogIngestionEnabled: audited } = exchange.settings("adminAuditLog");
    if (audited !== true) throw refusals.notAudited(tenant.settings.tenantId);
    return context.json(subscriptions.start(caller.clientId, contentType) as object);
  });
  app.post(`${base}/subscriptions/stop`, async (context) => {
    const caller = await enter(context, "StopSubscription");
    subscriptions.stop(caller.clientId, contentTypeOf(context.req.query("contentType")));
    return context.body(null, 204);
  });
  app.get(`${base}/subscriptions/list`, async (context) => {
    const caller = await enter(context, "ListSubscriptions");
    return context.json(subscriptions.list(caller.clientId));
  });
  app.get(`${base}/subscriptions/notifications`, async (context) => {
    const caller = await enter(context, "ListNotifications");
    subscriptions.enabled(caller.clientId, contentTypeOf(context.req.query("contentType")));
    // Notifications are sent to webhooks, and nobody has one here.
    return context.json([]);
  });
  app.get(`${base}/subscriptions/content`, async (context) => {
    const caller = await enter(context, "ListAvailableContent");
    const contentType = contentTypeOf(context.req.query("contentType"));
    const { startedAt } = subscriptions.enabled(caller.clientId, contentType);
    const now = tenant.clock.now();
    const { startTime, endTime, nextPage } = context.req.query();
    const window = windowOf(startTime, endTime, now);
    const early = now < startedAt + feeds.settings.firstContentDelay;
    if (contentType !== "Audit.Exchange" || early) return context.json([]);
    const page = listContent(feeds, tenant.clock, window, nextPage);
    growWithin(feeds, window, now);
    const feed = `${rootOf(tenant, context)}/api/v1.0/${tenant.settings.tenantId}/activity/feed`;
    if (page.next !== undefined) context.header("NextPageUri", nextPageUri(feed, context, page.next));
    return context.json(
      page.blobs.map((blob) => ({
        contentType,
        contentId: blob.id,
        contentUri: `${feed}/audit/${blob.id}`,
        contentCreated: new Date(blob.created).toISOString(),
        contentExpiration: new Date(expirationOf(blob)).toISOString(),
      })),
    );
  });
  app.get(`${base}/audit/:id`, async (context) => {
    const caller = await enter(context, "GetBlob");
    subscriptions.enabled(caller.clientId, "Audit.Exchange");
    const blob = findContent(
      feeds,
      tenant.clock,
      decodeURIComponent(context.req.path.split("/").at(-1) ?? ""),
    );
    return context.body(feeds.content.bytes(blob), 200, { "content-type": "application/json" });
  });
  app.notFound((context) =>
    context.json({ Message: `No HTTP resource was found that matches '${context.req.path}'.` }, 404),
  );
  app.onError((error, context) => {
    if (error instanceof TokenError) {
      return context.json({ Message: "Authorization has been denied for this request." }, 401);
    }
    if (!(error instanceof ActivityError)) throw error;
    return context.json({ error: { code: error.code, message: error.message } }, error.status);
  });
  return app;
}

/** Checks token, permission, tenant and budget. */
async function admit(
  tenant: Tenant,
  budgets: PublisherBudgets,
  context: Context,
  method: string,
): Promise<Caller> {
  const caller = await tenant.tokens.verify(context.req.header("authorization"), "office365-management");
  const named = context.req.param("tenant") ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named)) throw refusals.notATenant();
  if (named.toLowerCase() !== caller.tenantId) throw refusals.otherTenant(named, caller.tenantId);
  if (!caller.roles.includes("ActivityFeed.Read")) throw refusals.permission(caller.roles);
  const publisher = context.req.query("PublisherIdentifier") ?? nobody;
  budgets.charge(publisher.toLowerCase(), method);
  return caller;
}

/** Fixed segments in any case; ids of content stay as they are. */
function lowerFixedPart(path: string): string {
  const match = /^(.*\/audit\/)([^/]+)$/i.exec(path);
  return match === null ? path.toLowerCase() : `${(match[1] ?? "").toLowerCase()}${match[2] ?? ""}`;
}

/** The address of a webhook that a start asks for. */
function webhookIn(body: string): string | undefined {
  if (body.trim() === "") return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    const webhook =
      typeof parsed === "object" && parsed !== null && "webhook" in parsed ? parsed.webhook : null;
    if (typeof webhook !== "object" || webhook === null || !("address" in webhook)) return undefined;
    return String(webhook.address);
  } catch {
    throw refusals.invalid("webhook", "JSON");
  }
}

function nextPageUri(feed: string, context: Context, next: string): string {
  const parameters = new URL(context.req.url).searchParams;
  parameters.set("nextPage", next);
  return `${feed}/subscriptions/content?${parameters}`;
}

/** The URL of this service as the client sees it. */
function rootOf(tenant: Tenant, context: Context): string {
  return context.req.header(serviceRootHeader) ?? `${tenant.settings.origin}/manage`;
}
