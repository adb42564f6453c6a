/**
 * NCRONTAB expressions (page "Timer trigger for Azure Functions"): `{second} {minute} {hour} {day} {month} {day of
 * week}`, or five fields without seconds. All fields must match; a day of month and a day of week restrict each other.
 */

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const fields: readonly Field[] = [
  { name: "second", low: 0, high: 59 },
  { name: "minute", low: 0, high: 59 },
  { name: "hour", low: 0, high: 23 },
  { name: "day", low: 1, high: 31 },
  { name: "month", low: 1, high: 12, names: months },
  { name: "day of week", low: 0, high: 6, names: days },
];
/** 29 February on a given day of the week comes again within 40 years at the latest. */
const farthestYears = 40;

/** An expression that is none. */
export class ScheduleError extends Error {
  override readonly name = "ScheduleError";
}

/** When a timer fires, in UTC. */
export class Schedule {
  readonly #sets: readonly ReadonlySet<number>[];

  /** @throws ScheduleError */
  constructor(readonly expression: string) {
    const parts = expression.trim().split(/\s+/);
    const six = parts.length === 5 ? ["0", ...parts] : parts;
    if (six.length !== 6)
      throw new ScheduleError(
        `"${expression}" has ${parts.length} fields; a schedule has six: second minute hour day month day-of-week.`,
      );
    this.#sets = six.map((text, index) => parseField(text, fields[index] as Field, expression));
  }

  /** The first time after the given one; undefined when the expression names a day that never comes (31 February). */
  next(after: Date): Date | undefined {
    const [seconds, minutes, hours] = this.#sets as [
      ReadonlySet<number>,
      ReadonlySet<number>,
      ReadonlySet<number>,
    ];
    const time = new Date(Math.floor(after.getTime() / 1000) * 1000 + 1000);
    const last = time.getUTCFullYear() + farthestYears;
    while (time.getUTCFullYear() <= last) {
      if (!this.#hasDay(time)) time.setUTCHours(24, 0, 0, 0);
      else if (!hours.has(time.getUTCHours())) time.setUTCHours(time.getUTCHours() + 1, 0, 0, 0);
      else if (!minutes.has(time.getUTCMinutes())) time.setUTCMinutes(time.getUTCMinutes() + 1, 0, 0);
      else if (!seconds.has(time.getUTCSeconds())) time.setUTCSeconds(time.getUTCSeconds() + 1, 0);
      else return time;
    }
    return undefined;
  }

  #hasDay(time: Date): boolean {
    const [, , , day, month, weekday] = this.#sets;
    return (
      month?.has(time.getUTCMonth() + 1) === true &&
      day?.has(time.getUTCDate()) === true &&
      weekday?.has(time.getUTCDay()) === true
    );
  }
}

function parseField(text: string, field: Field, expression: string): ReadonlySet<number> {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
    const step = Number(match?.[4] ?? 1);
    if (match === null || step === 0) throw wrong(field, part, expression);
    const [low, high] = range(match, field, part, expression);
    for (let value = low; value <= high; value += step) values.add(value);
  }
  return values;
}

/** `*`, `a`, `a-b`, and `a/n`, which runs from a to the field's end. */
function range(match: RegExpExecArray, field: Field, part: string, expression: string): [number, number] {
  const [, star, first, second, step] = match;
  if (star !== undefined || first === undefined) return [field.low, field.high];
  const low = parseValue(first, field);
  const single = step === undefined ? low : field.high;
  const high = second === undefined ? single : parseValue(second, field);
  if (low === undefined || high === undefined || low > high) throw wrong(field, part, expression);
  return [low, high];
}

function parseValue(text: string, field: Field): number | undefined {
  const named = field.names?.findIndex((name) => text.toLowerCase().startsWith(name)) ?? -1;
  if (named >= 0) return field.low + named;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= field.low && value <= field.high ? value : undefined;
}

function wrong(field: Field, part: string, expression: string): ScheduleError {
  return new ScheduleError(
    `"${part}" is no ${field.name} in the schedule "${expression}" (${field.low}-${field.high}).`,
  );
}
