import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generationOf, renewed } from "../../../components/credentials/renewal";
import { type RotationSchedule, slotsAt } from "../../../components/credentials/rotation";

const DAY = 86_400_000;
const schedule: RotationSchedule = { anchor: "2026-01-01T00:00:00Z", lifetimeDays: 180, overlapDays: 30 };

const schedules = fc
  .record({
    lifetimeDays: fc.integer({ min: 7, max: 730 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ lifetimeDays, share }) => {
    const longest = Math.floor(lifetimeDays / 3);
    return { anchor: schedule.anchor, lifetimeDays, overlapDays: 2 + Math.floor(share * (longest - 2)) };
  });
const moments = fc
  .integer({ min: 0, max: 3_000 * DAY })
  .map((ms) => new Date(Date.parse("2026-01-01") + ms).toISOString());
const generations = fc.integer({ min: 0, max: 400 });

describe("renewed", () => {
  it("begins the next generation today and keeps the live one for the overlap", () => {
    const next = renewed(schedule, { generation: 0, asOf: "2026-03-10T15:00:00Z", overlap: true });
    expect(next.anchor).toBe("2025-10-11T00:00:00.000Z");
    expect(slotsAt(next, "2026-03-10T15:00:00Z")).toEqual([
      {
        slot: 1,
        generation: 1,
        startDate: "2026-03-10T00:00:00Z",
        endDate: "2026-09-06T00:00:00Z",
        current: true,
      },
      {
        slot: 0,
        generation: 0,
        startDate: "2025-10-11T00:00:00Z",
        endDate: "2026-04-09T00:00:00Z",
        current: false,
      },
    ]);
  });

  it("leaves nothing but the next generation without overlap", () => {
    const next = renewed(schedule, { generation: 0, asOf: "2026-03-10T15:00:00Z", overlap: false });
    expect(slotsAt(next, "2026-03-10T15:00:00Z")).toEqual([
      {
        slot: 1,
        generation: 1,
        startDate: "2026-02-08T00:00:00Z",
        endDate: "2026-08-07T00:00:00Z",
        current: true,
      },
    ]);
  });

  it("declares the generation after the deployed one whatever the schedule, and the deployed one exactly with overlap", () => {
    fc.assert(
      fc.property(schedules, moments, generations, fc.boolean(), (given, asOf, generation, overlap) => {
        const next = renewed(given, { generation, asOf, overlap });
        const declared = slotsAt(next, asOf).map((slot) => slot.generation);
        expect(declared).toEqual(overlap ? [generation + 1, generation] : [generation + 1]);
        expect(Date.parse(next.anchor)).toBeLessThan(Date.parse(asOf));
      }),
    );
  });

  it("says the same again until the day is over, so that a second run changes nothing", () => {
    const first = renewed(schedule, { generation: 3, asOf: "2026-03-10T01:00:00Z", overlap: true });
    expect(renewed(first, { generation: 3, asOf: "2026-03-10T23:00:00Z", overlap: true })).toEqual(first);
  });
});

describe("generationOf", () => {
  it.each([
    ["conductorone-slot-1-7", 7],
    ["a-slot-1-2-slot-0-12", 12],
    ["conductorone-federated-0", undefined],
    ["slot-1", undefined],
  ])("reads %s as %s", (name, expected) => {
    expect(generationOf(name)).toBe(expected);
  });
});
