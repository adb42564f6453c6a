/** Streams of events under faults, deaths and pauses that follow from a seed: `EVENT_SEEDS=40` for more of them. */
import { expect, it } from "vitest";
import type { FaultRequest } from "../../infra/local/tenant/core/faults";
import { type EventStream, EventWorld, eventStreams, serviceOf } from "../faults/collector/event-world";
import { randomOf } from "../faults/kills";
import { dyingStore } from "../unit/collector-runtime/dying-store";

const minute = 60_000;
const seeds = Array.from({ length: Number(process.env.EVENT_SEEDS ?? 10) }, (_, index) => index + 1);

const faults: readonly Partial<FaultRequest>[] = [
  { status: 429, remaining: 3 },
  { status: 429, retryAfter: "125", remaining: 2 },
  { status: 500, remaining: 3 },
  { status: 503, retryAfter: "1", remaining: 3 },
  { drop: true, remaining: 2 },
  { reply: "reset", remaining: 2 },
  { reply: "truncated", remaining: 2 },
  { reply: "malformed", remaining: 2 },
  { reply: "error-in-200", remaining: 1 },
  { reply: "empty-page", remaining: 1 },
  { reply: "short-page", remaining: 2 },
  { reply: "duplicate-page", remaining: 1 },
  { reply: "swapped-pages", remaining: 1 },
  { reply: "looping-link", remaining: 1 },
  { status: 401, remaining: 1 },
  { query: "skiptoken", status: 400, code: "BadRequest", message: "Skip token is expired.", remaining: 1 },
];
const feedFaults: readonly Partial<FaultRequest>[] = [
  { status: 403, code: "AF429", message: "Too many requests", remaining: 4 },
  { query: "nextPage", status: 400, code: "AF20031", message: "Invalid nextPage Input.", remaining: 1 },
  { path: "/audit/", status: 500, remaining: 6 },
];
const pauses = [minute, 20 * minute, 60 * minute, 5 * 60 * minute, 24 * 60 * minute, 2 * 24 * 60 * minute];

it.each(eventStreams.flatMap((stream) => seeds.map((seed) => [stream, seed] as const)))(
  "%s is whole, seed %i",
  async (stream, seed) => {
    const events = await EventWorld.make({ signIns: 1_500, audits: 1_500, exchange: 800, blobs: 120 });
    try {
      await live(events, stream, randomOf(seed));
    } finally {
      await events.world.end();
    }
  },
);

async function live(events: EventWorld, stream: EventStream, random: () => number): Promise<void> {
  const { world } = events;
  const { store } = world.newStore();
  const below = (end: number) => Math.floor(random() * end);
  const one = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const possible = stream === "exchange-activity" ? [...faults, ...feedFaults] : faults;
  await events.run(stream, store);
  for (let round = 0; round < 6; round += 1) {
    for (let count = below(4); count > 0; count -= 1) {
      await world.admin("POST", "/faults", { service: serviceOf(stream), skip: below(8), ...one(possible) });
    }
    if (stream === "exchange-activity" && random() < 0.15) {
      await world.admin("POST", "/logs/subscriptions/disable");
    }
    for (let count = below(3); count > 0; count -= 1) {
      const dying = dyingStore(store, { at: 1 + below(25), after: random() < 0.5 });
      await events.run(stream, dying.store).catch(() => undefined);
      await dying.bury();
    }
    await events.run(stream, store);
    const size = { signIns: 60, audits: 60, exchange: 60, blobs: 1 + below(30), days: 0.1 + random() * 0.8 };
    await world.admin("POST", "/logs", { ...size, late: random() < 0.5, seed: 1 + below(1_000_000) });
    events.pass(one(pauses) * (0.5 + random()));
  }
  await world.admin("DELETE", "/faults");
  let state = "";
  for (let runs = 0; runs < 6; runs += 1) {
    state = (await events.run(stream, store)).state;
    events.pass(6.1 * 60 * minute);
  }
  expect(["connected", "degraded"]).toContain(state);
  events.pass(-6.1 * 60 * minute);
  await events.expectWhole(store, stream);
}
