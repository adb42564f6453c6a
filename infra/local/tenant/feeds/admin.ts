import { Hono } from "hono";
import { z } from "zod";
import { BadRequestError, read } from "../core/admin-body";
import type { Clock } from "../core/types";
import type { Feeds } from "./feeds";

const events = z.int().min(0).max(5_000_000).optional();

const seedSchema = z.strictObject({
  signIns: events,
  audits: events,
  exchange: events,
  blobs: z.int().min(1).max(100_000).optional(),
  malformed: z.int().min(0).optional(),
  huge: z.int().min(0).max(100).optional(),
  /** The span ends now, or so many minutes ahead: those events happen while the clock goes on. */
  days: z.number().positive().max(400).default(25),
  aheadMinutes: z.number().min(0).default(0),
  seed: z.int().min(0).default(1),
  late: z.boolean().default(false),
});

const plantSchema = z.strictObject({
  feed: z.enum(["signIns", "directoryAudits", "exchange"]),
  /** When the events happened, or the blob was made; now when absent. */
  at: z.iso.datetime().optional(),
  /** Milliseconds after it that they can be seen. */
  delay: z.int().min(0).default(0),
  /** Properties of each event; what an entry must have and is not given is filled in. */
  events: z.array(z.record(z.string(), z.unknown())).max(10_000).default([]),
  /** So many more, made up. Exchange only. */
  fresh: z.int().min(0).max(10_000).default(0),
});

const settingsSchema = z.strictObject({
  directoryAudits: z.boolean().optional(),
  firstContentDelay: z.int().min(0).optional(),
  growth: z.int().min(0).optional(),
});

/**
 * Steers the feeds, below `/admin/logs`: `POST /` makes events, `DELETE /` removes all, `POST /events` puts single ones in and answers their ids,
 * `POST /subscriptions/disable` disables all subscriptions to content, `GET` and `PUT /settings` switch.
 */
export function createFeedAdmin(feeds: Feeds, clock: Clock, disableSubscriptions: () => number): Hono {
  const app = new Hono();
  app.post("/", async (context) => {
    const { days, aheadMinutes, ...size } = await read(context, seedSchema);
    const to = clock.now() + aheadMinutes * 60_000;
    feeds.seed({ ...size, from: clock.now() - days * 86_400_000, to });
    return context.json(feeds.counts(), 201);
  });
  app.delete("/", (context) => {
    feeds.clear();
    return context.json(feeds.counts());
  });
  app.post("/events", async (context) => {
    const planted = await read(context, plantSchema);
    return context.json({ planted: plant(feeds, planted, clock.now()) }, 201);
  });
  app.post("/subscriptions/disable", (context) => context.json({ disabled: disableSubscriptions() }));
  app.get("/settings", (context) => context.json(feeds.settings));
  app.put("/settings", async (context) => context.json(feeds.set(await read(context, settingsSchema))));
  return app;
}

/** Ids of the planted events; of Exchange the id of the blob. */
function plant(feeds: Feeds, planted: z.output<typeof plantSchema>, now: number): readonly string[] {
  const { feed, delay, events, fresh } = planted;
  const at = planted.at === undefined ? now : Date.parse(planted.at);
  if (feed !== "exchange") return events.map((event) => feeds.plant(feed, at, at + delay, event));
  const records = [...events, ...feeds.content.fresh(fresh, at)];
  if (records.length === 0) throw new BadRequestError("Give events, or a number of fresh ones.");
  return [feeds.content.plant(at, at + delay, records)];
}

/** Names of the lists of what the feeds hold. */
export const feedLists: readonly string[] = [
  "signIns",
  "directoryAudits",
  "exchangeRecords",
  "malformedExchangeRecords",
];

/** Ids of all events of a feed that can be seen now, however old; undefined when there is no such list. */
export function feedKeys(feeds: Feeds, list: string, now: number): Iterable<string> | undefined {
  if (list === "signIns" || list === "directoryAudits") return feeds.log(list).ids(now);
  if (list === "exchangeRecords") return feeds.content.recordIds(now);
  return list === "malformedExchangeRecords" ? feeds.content.recordIds(now, true) : undefined;
}
