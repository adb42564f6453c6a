/** Streams of events: every event of a feed is read for the first time, beside the raw downloader of the same requests. */
import type { Figures } from "./contract";
import { BenchTenant, type EventSize } from "./lab";
import { Race } from "./race";

/** Who is in the events; they are made when they are read, so the directory may be small. */
const directory = { users: 2_000, groups: 50, seed: 1 } as const;

/** The budget of Microsoft Graph's logs for an application in a tenant: a bucket of five requests, filled in ten seconds. */
const logBucket = 5;
const logRequestsPerSecond = 0.5;

/** One feed. */
interface Feed {
  readonly stream: "sign-ins" | "exchange-activity";
  readonly size: EventSize;
  /** Connections of the raw downloader: as many requests as ours has under way. */
  readonly workers: number;
}

export interface EventRace {
  readonly ours: readonly Figures[];
  readonly raw: readonly Figures[];
}

const signInFeed = (signIns: number): Feed => ({
  stream: "sign-ins",
  size: { signIns, days: 25 },
  workers: 6,
});

/** What comes in contents of 100 records over five days. */
const exchangeFeed: Feed = {
  stream: "exchange-activity",
  size: { exchange: 100_000, blobs: 1_000, days: 5 },
  workers: 12,
};

export interface SignInsResult {
  readonly few: EventRace;
  readonly many: EventRace;
}

/** 100,000 sign-ins, and 1,000,000, nobody throttled and nobody holding back. */
export async function signIns(repetitions: number): Promise<SignInsResult> {
  return { few: await race(signInFeed(100_000), repetitions), many: await race(signInFeed(1_000_000), 1) };
}

/** 100,000 records of Exchange in 1,000 contents. */
export const exchange = (repetitions: number): Promise<EventRace> => race(exchangeFeed, repetitions);

export interface LogBudgetResult {
  readonly figures: Figures;
  /** Seconds that nobody can beat who sends as many requests and starts with a full bucket. */
  readonly implied: number;
}

/** 36,000 sign-ins while the tenant holds the budget. */
export const logBudget = (): Promise<LogBudgetResult> =>
  withEvents(signInFeed(36_000), async (tenant) => {
    await tenant.conditions({ throttling: true, latency: 0 });
    const figures = await ours(tenant, signInFeed(36_000), "ours");
    return { figures, implied: Math.max(0, figures.requests - logBucket) / logRequestsPerSecond };
  });

const race = (feed: Feed, repetitions: number): Promise<EventRace> =>
  withEvents(feed, async (tenant) => {
    const runs: { ours: Figures[]; raw: Figures[] } = { ours: [], raw: [] };
    // The service has its contents stored; the tenant writes them when they are first read.
    if (feed.stream === "exchange-activity") await ours(tenant, feed, "ours, unbudgeted");
    for (let repetition = 0; repetition < repetitions; repetition++) {
      runs.ours.push(await ours(tenant, feed, "ours, unbudgeted"));
      runs.raw.push(await new Race(tenant).run("raw", { options: { workers: feed.workers } }));
    }
    return runs;
  });

/** @throws Error when an event is missing, or there twice */
async function ours(
  tenant: BenchTenant,
  { stream, size }: Feed,
  name: "ours" | "ours, unbudgeted",
): Promise<Figures> {
  const figures = await new Race(tenant).run(name, { options: { streams: stream } });
  const expected = (size.signIns ?? 0) + (size.exchange ?? 0);
  if (figures.events !== expected) throw new Error(`${figures.events} of ${expected} events were written.`);
  return figures;
}

async function withEvents<Result>(
  feed: Feed,
  work: (tenant: BenchTenant) => Promise<Result>,
): Promise<Result> {
  const tenant = await BenchTenant.start(directory);
  try {
    await tenant.seedEvents(feed.size);
    return await work(tenant);
  } finally {
    await tenant.remove();
  }
}
