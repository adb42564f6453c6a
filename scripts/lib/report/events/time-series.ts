/** Counts by hour or day, without holes. */
import type { Period, Series } from "../model";

const hour = 3_600_000;
const day = 24 * hour;
/** Up to so many days are shown by the hour. */
const hourlyDays = 3;

export class TimeSeries {
  private readonly step: number;
  private readonly first: number;
  private readonly counts: readonly number[][];

  constructor(
    period: Period,
    private readonly names: readonly string[],
  ) {
    this.step = period.days <= hourlyDays ? hour : day;
    this.first = this.begin(Date.parse(period.from));
    const steps = Math.round((this.begin(Date.parse(period.to)) - this.first) / this.step) + 1;
    this.counts = Array.from({ length: steps }, () => names.map(() => 0));
  }

  /** @param at Milliseconds */
  add(at: number, name: string): void {
    const counts = this.counts[(this.begin(at) - this.first) / this.step];
    const place = this.names.indexOf(name);
    if (counts !== undefined && place >= 0) counts[place] = (counts[place] ?? 0) + 1;
  }

  result(): Series {
    const points = this.counts.map((counts, index) => ({
      at: new Date(this.first + index * this.step).toISOString(),
      counts,
    }));
    return { unit: this.step === hour ? "hour" : "day", names: this.names, points };
  }

  private begin(at: number): number {
    return Math.floor(at / this.step) * this.step;
  }
}
