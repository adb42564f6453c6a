import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { BadRequestError, read } from "./admin-body";
import type { MovableClock } from "./clock";
import { conditionsSchema, type ServiceConditions } from "./conditions";
import { type Faults, faultRequestSchema } from "./faults";
import type { DelayedReplication } from "./replication";

/** How large a seeded directory is. */
export interface SeedSize {
  readonly users: number;
  readonly groups: number;
  readonly seed: number;
  /** Members of all groups together; absent: as many as come with groups of common sizes. */
  readonly memberships?: number | undefined;
  /** Members of the largest group; absent: a tenth of `memberships`, or every employee. */
  readonly largestGroup?: number | undefined;
  /** Edition of Microsoft Entra ID; absent: P2. */
  readonly edition?: "Free" | "P1" | "P2" | undefined;
}

/** What the admin endpoint can do beyond the parts it is given. */
export interface AdminParts {
  readonly key: string;
  readonly clock: MovableClock;
  readonly faults: Faults;
  readonly replication: DelayedReplication;
  readonly conditions: ServiceConditions;
  status(): unknown;
  seed(size: SeedSize): Promise<unknown>;
  reset(): Promise<unknown>;
  /** Keys of a list of what there is; undefined when there is no such list. */
  keys(list: string): Iterable<string> | undefined;
  readonly keyLists: readonly string[];
  /** Suspends and enables subscriptions so that the tenant has this edition of Microsoft Entra ID. */
  setEdition(edition: "Free" | "P1" | "P2"): void;
  /** Changes the directory and answers how many changes of each kind were made. */
  churn(size: { readonly changes: number; readonly seed: number }): Promise<unknown>;
  assignIdentities(header: string, principalIds: readonly string[]): void;
  /** More endpoints by their first segment. */
  readonly areas: Readonly<Record<string, Hono>>;
}

/** A request for a directory; what it leaves out is filled in. */
export const seedSchema = z.strictObject({
  users: z.int().min(0).max(1_000_000).default(300),
  groups: z.int().min(0).max(500_000).default(40),
  seed: z.int().min(0).default(1),
  memberships: z.int().min(0).max(10_000_000).optional(),
  largestGroup: z.int().min(0).max(1_000_000).optional(),
  edition: z.enum(["Free", "P1", "P2"]).optional(),
});
const churnSchema = z.strictObject({
  changes: z.int().min(1).max(1_000_000).default(100),
  seed: z.int().min(0).default(1),
});
const editionSchema = z.strictObject({ edition: z.enum(["Free", "P1", "P2"]) });
const century = 100 * 365 * 86_400_000;
const advanceSchema = z.strictObject({ milliseconds: z.number().min(-century).max(century) });
const milliseconds = z.int().min(0).max(3_600_000).optional();
const delaysSchema = z.strictObject({
  lists: milliseconds,
  "token-endpoint": milliseconds,
  "roles-claim": milliseconds,
  "exchange-roles": milliseconds,
  references: milliseconds,
});
const identitiesSchema = z.strictObject({
  header: z.string().min(16),
  principalIds: z.array(z.string()).max(100),
});

/** The size that a request without one gets, and that the first start makes. */
export const defaultSeedSize: SeedSize = seedSchema.parse({});

/**
 * The endpoint by which commands and tests steer the tenant; header `x-admin-key`. Paths are relative to `/admin`.
 * Replies are JSON; errors `{ error: { code, message } }`.
 */
export function createAdminApp(parts: AdminParts): Hono {
  const app = new Hono();
  app.get("/ready", (context) => context.json({ ready: true }));
  app.use("*", async (context, next) => {
    if (!isKey(parts.key, context.req.header("x-admin-key") ?? "")) {
      return context.json(failure("Unauthorized", "The header x-admin-key is missing or wrong."), 401);
    }
    return next();
  });
  app.get("/status", (context) => context.json(parts.status()));
  app.post("/seed", async (context) => context.json(await parts.seed(await read(context, seedSchema))));
  app.post("/reset", async (context) => context.json(await parts.reset()));
  app.post("/churn", async (context) => context.json(await parts.churn(await read(context, churnSchema))));
  app.put("/edition", async (context) => {
    const { edition } = await read(context, editionSchema);
    parts.setEdition(edition);
    return context.json({ edition });
  });
  app.get("/objects/:list", (context) => {
    const keys = parts.keys(context.req.param("list"));
    if (keys !== undefined) return context.body(lines(keys), 200, { "Content-Type": "application/x-ndjson" });
    const known = parts.keyLists.join(", ");
    return context.json(failure("NotFound", `There is no list of that name. There are: ${known}.`), 404);
  });
  for (const [area, routes] of Object.entries(parts.areas)) app.route(`/${area}`, routes);
  addFaults(app, parts.faults);
  addClock(app, parts.clock);
  app.get("/delays", (context) => context.json(parts.replication.delays));
  app.put("/delays", async (context) => {
    const given = Object.entries(await read(context, delaysSchema)).filter(
      ([, value]) => value !== undefined,
    );
    return context.json(parts.replication.set(Object.fromEntries(given)));
  });
  app.get("/conditions", (context) => context.json(parts.conditions.current));
  app.put("/conditions", async (context) =>
    context.json(parts.conditions.set(await read(context, conditionsSchema))),
  );
  app.put("/identity-hosts", async (context) => {
    const { header, principalIds } = await read(context, identitiesSchema);
    parts.assignIdentities(header, principalIds);
    return context.body(null, 204);
  });
  app.notFound((context) => context.json(failure("NotFound", `No admin endpoint ${context.req.path}.`), 404));
  app.onError((error, context) => {
    if (error instanceof BadRequestError) return context.json(failure("BadRequest", error.message), 400);
    throw error;
  });
  return app;
}

/** One key a line, `{"key":"…"}`, made as it is read. */
function lines(keys: Iterable<string>): ReadableStream<Uint8Array> {
  const iterator = keys[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: (controller) => {
      let text = "";
      for (let count = 0; count < linesAtOnce; count += 1) {
        const next = iterator.next();
        if (next.done === true) {
          if (text !== "") controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += `${JSON.stringify({ key: next.value })}\n`;
      }
      controller.enqueue(encoder.encode(text));
    },
  });
}

const linesAtOnce = 5_000;

function addFaults(app: Hono, faults: Faults): void {
  app.get("/faults", (context) => context.json(faults.list()));
  app.post("/faults", async (context) =>
    context.json(faults.add(await read(context, faultRequestSchema)), 201),
  );
  app.delete("/faults", (context) => context.json({ cleared: faults.clear() }));
  app.delete("/faults/:id", (context) => context.json({ cleared: faults.clear(context.req.param("id")) }));
}

function addClock(app: Hono, clock: MovableClock): void {
  const reading = () => ({ now: new Date(clock.now()).toISOString(), offset: clock.offset });
  app.get("/clock", (context) => context.json(reading()));
  app.post("/clock/advance", async (context) => {
    clock.advance((await read(context, advanceSchema)).milliseconds);
    return context.json(reading());
  });
  app.post("/clock/reset", (context) => {
    clock.reset();
    return context.json(reading());
  });
}

function isKey(key: string, given: string): boolean {
  const expected = Buffer.from(key);
  const presented = Buffer.from(given);
  return expected.length === presented.length && timingSafeEqual(expected, presented);
}

function failure(code: string, message: string): unknown {
  return { error: { code, message } };
}
