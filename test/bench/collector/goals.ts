/** The goals as ratios of what was measured in one run. */
import type { BudgetResult } from "./budgets";
import type { ColdStart } from "./cold-start";
import type { Figures } from "./contract";
import type { EventRace, LogBudgetResult, SignInsResult } from "./events";
import type { IncrementResult } from "./increment";
import type { ContestantName } from "./race";
import { median, type Standing } from "./speed";

export interface Goal {
  readonly goal: string;
  readonly measured: number;
  readonly limit: number;
  /** Whether `measured` must not be above, or not below, the limit. */
  readonly wanted: "at most" | "at least";
}

export const isMet = ({ measured, limit, wanted }: Goal): boolean =>
  wanted === "at most" ? measured <= limit : measured >= limit;

export function speedGoals(standings: readonly Standing[]): readonly Goal[] {
  const of = (name: ContestantName, latency: number, figure: (run: Figures) => number) =>
    median(standings.find((one) => one.name === name && one.latency === latency)?.runs ?? [], figure);
  const seconds = (name: ContestantName, latency: number) => of(name, latency, (run) => run.seconds);
  return [
    {
      goal: "requests / SDK with $batch",
      measured: of("ours", 0, (run) => run.requests) / of("SDK, $batch of 20", 0, (run) => run.requests),
      limit: 1,
      wanted: "at most",
    },
    {
      goal: "speed of the raw downloader, 0 ms",
      measured: seconds("raw", 0) / seconds("ours", 0),
      limit: 0.6,
      wanted: "at least",
    },
    {
      goal: "time / SDK with $batch, 0 ms",
      measured: seconds("ours", 0) / seconds("SDK, $batch of 20", 0),
      limit: 1,
      wanted: "at most",
    },
    {
      goal: "time / SDK with $batch, 50 ms",
      measured: seconds("ours", 50) / seconds("SDK, $batch of 20", 50),
      limit: 0.5,
      wanted: "at most",
    },
    {
      goal: "peak RSS, MiB",
      measured: of("ours", 0, (run) => run.peakRss),
      limit: 120,
      wanted: "at most",
    },
  ];
}

/** @param what is larger: the tenant, or one of its groups */
export function scaleGoals(what: string, small: Figures, large: Figures): readonly Goal[] {
  return [
    { goal: `${what}: peak RSS`, measured: large.peakRss / small.peakRss, limit: 1.3, wanted: "at most" },
    { goal: `${what}: time`, measured: large.seconds / small.seconds, limit: 11, wanted: "at most" },
  ];
}

export function incrementGoals(what: string, { full, increment }: IncrementResult): readonly Goal[] {
  return [
    { goal: `${what}, increment: requests`, measured: increment.requests, limit: 30, wanted: "at most" },
    {
      goal: `${what}, increment: time / full read`,
      measured: (increment.syncSeconds ?? Number.NaN) / (full.syncSeconds ?? Number.NaN),
      limit: 0.02,
      wanted: "at most",
    },
  ];
}

export function budgetGoals({ name, figures, implied, throttledShare }: BudgetResult): readonly Goal[] {
  const time: Goal = {
    goal: `under budgets (${name}): time / implied`,
    measured: figures.seconds / implied,
    limit: 1.2,
    wanted: "at most",
  };
  const share: Goal = {
    goal: `under budgets (${name}): share throttled`,
    measured: throttledShare,
    limit: 0.01,
    wanted: "at most",
  };
  // Where the budget is not spent, it implies no time.
  return implied > 0 ? [time, share] : [share];
}

export function coldStartGoals({ handled, zippedBytes }: ColdStart): readonly Goal[] {
  const sorted = [...handled].sort((a, b) => a - b);
  return [
    {
      goal: "cold start, ms",
      measured: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
      limit: 300,
      wanted: "at most",
    },
    { goal: "package, MB zipped", measured: zippedBytes / 1e6, limit: 5, wanted: "at most" },
  ];
}

const medianSeconds = (runs: readonly Figures[]) => median(runs, ({ seconds }) => seconds);
const medianRss = (runs: readonly Figures[]) => median(runs, ({ peakRss }) => peakRss);

export function signInGoals({ few, many }: SignInsResult): readonly Goal[] {
  return [
    {
      goal: "1,000,000 sign-ins: speed of the raw downloader",
      measured: medianSeconds(many.raw) / medianSeconds(many.ours),
      limit: 0.6,
      wanted: "at least",
    },
    {
      goal: "1,000,000 sign-ins: peak RSS / that of 100,000",
      measured: medianRss(many.ours) / medianRss(few.ours),
      limit: 1.2,
      wanted: "at most",
    },
  ];
}

/** The best client known needs 5.8 s and 395 MiB on a machine of two cores; ours is to need a third of its time. */
export function exchangeGoals({ ours }: EventRace): readonly Goal[] {
  return [
    { goal: "Exchange content: seconds", measured: medianSeconds(ours), limit: 1.9, wanted: "at most" },
    { goal: "Exchange content: peak RSS, MiB", measured: medianRss(ours), limit: 120, wanted: "at most" },
  ];
}

export function logBudgetGoals({ figures, implied }: LogBudgetResult): readonly Goal[] {
  return [
    {
      goal: "sign-ins under the logs' budget: time / implied",
      measured: figures.seconds / implied,
      limit: 1.05,
      wanted: "at most",
    },
    {
      goal: "sign-ins under the logs' budget: share throttled",
      measured: figures.throttled / figures.requests,
      limit: 0.01,
      wanted: "at most",
    },
  ];
}
