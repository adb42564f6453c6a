import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Schedule, ScheduleError } from "../../../infra/local/functions/triggers/schedule";

const next = (expression: string, after: string): string | undefined =>
  new Schedule(expression).next(new Date(after))?.toISOString();

describe("NCRONTAB", () => {
  test.each([
    // The examples of Microsoft's page on timer triggers.
    ["0 */5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00.000Z"],
    ["0 0 * * * *", "2026-01-01T00:00:01Z", "2026-01-01T01:00:00.000Z"],
    ["0 0 */2 * * *", "2026-01-01T02:00:00Z", "2026-01-01T04:00:00.000Z"],
    ["0 0 9-17 * * *", "2026-01-01T17:00:00Z", "2026-01-02T09:00:00.000Z"],
    ["0 30 9 * * *", "2026-01-01T09:30:00Z", "2026-01-02T09:30:00.000Z"],
    ["0 30 9 * * 1-5", "2026-01-02T09:30:00Z", "2026-01-05T09:30:00.000Z"],
    ["0 30 9 * Jan Mon", "2026-01-26T09:30:00Z", "2027-01-04T09:30:00.000Z"],
    // Five fields: no seconds. A step from a value on. Lists.
    ["30 2 * * *", "2026-03-01T03:00:00Z", "2026-03-02T02:30:00.000Z"],
    ["0 10/20 * * * *", "2026-01-01T00:11:00Z", "2026-01-01T00:30:00.000Z"],
    ["5,10 0 0 1 1 *", "2026-01-01T00:00:05Z", "2026-01-01T00:00:10.000Z"],
    // Ends of months and years, leap days, a day of month and of week at once.
    ["59 59 23 31 12 *", "2026-12-31T23:59:59Z", "2027-12-31T23:59:59.000Z"],
    ["0 0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["0 0 0 13 * Fri", "2026-01-01T00:00:00Z", "2026-02-13T00:00:00.000Z"],
  ])("%s after %s", (expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  test("a day that never comes has no next time", () => {
    expect(next("0 0 0 31 2 *", "2026-01-01T00:00:00Z")).toBeUndefined();
  });

  test.each([
    "",
    "* * *",
    "0 60 * * * *",
    "0 0 0 0 * *",
    "0 0 0 1 13 *",
    "0 9-5 * * * *",
    "0 */0 * * * *",
    "a * * * * *",
    "0 0 0 1 1 7",
  ])("%j is refused", (expression) => {
    expect(() => new Schedule(expression)).toThrow(ScheduleError);
  });

  test("the next time is later, and nothing that matches lies between", () => {
    const minutes = fc.integer({ min: 0, max: 59 });
    const start = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 0, max: 23 }), start, (minute, hour, after) => {
        const time = new Schedule(`0 ${minute} ${hour} * * *`).next(after);
        expect(time?.getUTCMinutes()).toBe(minute);
        expect(time?.getUTCHours()).toBe(hour);
        const distance = (time?.getTime() ?? 0) - after.getTime();
        expect(distance).toBeGreaterThan(0);
        expect(distance).toBeLessThanOrEqual(86_400_000);
      }),
    );
  });
});
