/** Spreads events over a span of time as people work: most by day, fewer at night and at weekends. */

const hour = 3_600_000;

/** Weight of an hour of the week (UTC). */
function weightOf(start: number): number {
  const moment = new Date(start);
  const [day, time] = [moment.getUTCDay(), moment.getUTCHours()];
  if (day === 0 || day === 6) return 1;
  return time >= 7 && time < 18 ? 10 : 3;
}

/** A span of time on which later places come later, or at the same moment. */
export class TimeLine {
  readonly #starts: number[] = [];
  /** Weight of all hours before each one, and of all at the end. */
  readonly #before: number[] = [0];
  readonly #end: number;

  /** @param from and @param to milliseconds since 1970 */
  constructor(from: number, to: number) {
    this.#end = to;
    for (let start = from; start < to; start = (Math.floor(start / hour) + 1) * hour) {
      const length = Math.min((Math.floor(start / hour) + 1) * hour, to) - start;
      this.#starts.push(start);
      this.#before.push((this.#before.at(-1) ?? 0) + (weightOf(start) * length) / hour);
    }
  }

  /** The moment of a fraction (0 to below 1) of all events, in whole milliseconds. */
  at(part: number): number {
    const wanted = part * (this.#before.at(-1) ?? 0);
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#before[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    const start = this.#starts[low] ?? this.#end;
    const length = (this.#starts[low + 1] ?? this.#end) - start;
    const [before = 0, after = 0] = [this.#before[low], this.#before[low + 1]];
    return Math.floor(start + (after > before ? (wanted - before) / (after - before) : 0) * length);
  }
}
