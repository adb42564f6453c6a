/** The goals for a tenant of 200,000 users. */
import type { Figures } from "./figures";
import type { Opened } from "./open";

export interface Goal {
  readonly goal: string;
  readonly measured: number;
  /** Not to be above it. */
  readonly limit: number;
}

export const isMet = ({ measured, limit }: Goal): boolean => measured <= limit;

interface Measured {
  readonly assess: readonly Figures[];
  readonly build: readonly Figures[];
  readonly opened: readonly Opened[] | undefined;
}

export function goalsOf({ assess, build, opened }: Measured): readonly Goal[] {
  return [
    { goal: "all metrics: seconds", measured: median(assess, ({ seconds }) => seconds), limit: 30 },
    { goal: "all metrics: peak RSS, MiB", measured: median(assess, ({ peakRss }) => peakRss), limit: 300 },
    {
      goal: "page of 100,000 rows: seconds to build",
      measured: median(build, ({ seconds }) => seconds),
      limit: 5,
    },
    ...(opened === undefined
      ? []
      : [
          {
            goal: "first paint in Chromium: seconds",
            measured: median(opened, ({ firstPaint }) => firstPaint) / 1000,
            limit: 1,
          },
        ]),
  ];
}

export function goalRow(goal: Goal): string {
  const { measured, limit } = goal;
  return `${isMet(goal) ? "met   " : "MISSED"} ${goal.goal.padEnd(42)}${measured.toFixed(2).padStart(8)}   at most ${limit}\n`;
}

/** Of one figure of several runs. */
export function median<Run>(runs: readonly Run[], figure: (run: Run) => number): number {
  const sorted = runs.map(figure).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
