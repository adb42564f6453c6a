import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DeclaredSlots,
  endOfSlot,
  type RotationSchedule,
  RotationScheduleError,
  slotsAt,
} from "../../../components/credentials/rotation";

const DAY = 86_400_000;
const halfYear: RotationSchedule = { anchor: "2026-01-01T00:00:00Z", lifetimeDays: 180, overlapDays: 30 };

/** A moment so many days after the anchor. */
function daysIn(days: number, schedule = halfYear): string {
  return new Date(Date.parse(schedule.anchor) + days * DAY).toISOString();
}

function brief(slots: DeclaredSlots): string[] {
  return slots.map(({ slot, generation, current }) => `${slot}:${generation}${current ? " current" : ""}`);
}

describe("slotsAt", () => {
  it.each([
    [0, ["0:0 current"]],
    [149.99, ["0:0 current"]],
    [150, ["1:1 current", "0:0"]],
    [179.99, ["1:1 current", "0:0"]],
    [180, ["1:1 current"]],
    [299.99, ["1:1 current"]],
    [300, ["0:2 current", "1:1"]],
    [330, ["0:2 current"]],
    [4500, ["0:30 current", "1:29"]],
  ])("declares, %s days after the anchor, %j", (days, expected) => {
    expect(brief(slotsAt(halfYear, daysIn(days)))).toEqual(expected);
  });

  it("gives each generation the dates of the schedule, in whole seconds", () => {
    expect(slotsAt(halfYear, daysIn(160))).toEqual([
      {
        slot: 1,
        generation: 1,
        startDate: "2026-05-31T00:00:00Z",
        endDate: "2026-11-27T00:00:00Z",
        current: true,
      },
      {
        slot: 0,
        generation: 0,
        startDate: "2026-01-01T00:00:00Z",
        endDate: "2026-06-30T00:00:00Z",
        current: false,
      },
    ]);
  });

  it("declares a first key that works at once when the anchor is still to come", () => {
    expect(slotsAt(halfYear, "2025-12-31T15:30:00Z")).toEqual([
      {
        slot: 0,
        generation: 0,
        startDate: "2025-12-31T00:00:00Z",
        endDate: "2026-06-30T00:00:00Z",
        current: true,
      },
    ]);
  });

  it.each([
    [{ ...halfYear, overlapDays: 90 }, "overlapDays"],
    [{ ...halfYear, overlapDays: 0 }, "overlapDays"],
    [{ ...halfYear, overlapDays: Number.NaN }, "overlapDays"],
    [{ ...halfYear, anchor: "soon" }, 'anchor "soon"'],
  ])("refuses %j", (schedule, culprit) => {
    expect(() => slotsAt(schedule, daysIn(0))).toThrow(RotationScheduleError);
    expect(() => slotsAt(schedule, daysIn(0))).toThrow(culprit);
  });

  it("refuses a moment that is no date", () => {
    expect(() => slotsAt(halfYear, "now")).toThrow('asOf "now"');
  });
});

const schedules = fc
  .record({
    anchorDay: fc.integer({ min: 0, max: 5000 }),
    overlapDays: fc.integer({ min: 2, max: 60 }),
    extraDays: fc.integer({ min: 1, max: 400 }),
  })
  .map(({ anchorDay, overlapDays, extraDays }) => ({
    anchor: new Date(Date.UTC(2020, 0, 1) + anchorDay * DAY).toISOString(),
    overlapDays,
    lifetimeDays: 2 * overlapDays + extraDays,
  }));

/** A schedule with runs whose gaps are shorter than its overlap, days after the anchor. */
const histories = schedules.chain((schedule) =>
  fc.record({
    schedule: fc.constant(schedule),
    runs: fc
      .tuple(
        fc.double({ min: 0, max: 2000, noNaN: true }),
        fc.array(fc.double({ min: 0.001, max: schedule.overlapDays * 0.999, noNaN: true }), {
          maxLength: 60,
        }),
      )
      .map(([first, gaps]) => {
        let days = first;
        return [first, ...gaps.map((gap) => (days += gap))];
      }),
  }),
);

/** What each slot of a registration holds, as the engine keeps it: renewed only when the generation changes. */
type Held = Map<number, { readonly generation: number; readonly end: number }>;

function applyRun(held: Held, slots: DeclaredSlots): Held {
  return new Map(
    slots.map(({ slot, generation, endDate }) => {
      const before = held.get(slot);
      return [slot, before?.generation === generation ? before : { generation, end: Date.parse(endDate) }];
    }),
  );
}

describe("a registration whose runs are less than an overlap apart", () => {
  it("never loses a key that is still valid", () => {
    fc.assert(
      fc.property(histories, ({ schedule, runs }) => {
        let held: Held = new Map();
        for (const days of runs) {
          const moment = daysIn(days, schedule);
          const next = applyRun(held, slotsAt(schedule, moment));
          for (const [slot, key] of held) {
            if (key.end > Date.parse(moment)) expect(next.get(slot)).toEqual(key);
          }
          held = next;
        }
      }),
    );
  });

  it("never publishes a key that has expired, and keeps the current one valid until the next run", () => {
    fc.assert(
      fc.property(histories, ({ schedule, runs }) => {
        for (const [index, days] of runs.entries()) {
          const moment = Date.parse(daysIn(days, schedule));
          const slots = slotsAt(schedule, daysIn(days, schedule));
          const nextRun = Date.parse(daysIn(runs[index + 1] ?? days, schedule));
          for (const { startDate, endDate } of slots) {
            expect(Date.parse(startDate)).toBeLessThanOrEqual(moment);
            expect(Date.parse(endDate)).toBeGreaterThan(moment);
          }
          expect(Date.parse(slots[0].endDate)).toBeGreaterThan(nextRun);
        }
      }),
    );
  });

  it("hands a value over while the one in use is valid", () => {
    fc.assert(
      fc.property(histories, ({ schedule, runs }) => {
        let inUse: { generation: number; end: number } | undefined;
        for (const days of runs) {
          const moment = Date.parse(daysIn(days, schedule));
          const [current] = slotsAt(schedule, daysIn(days, schedule));
          if (inUse !== undefined && inUse.generation !== current.generation) {
            expect(inUse.generation).toBe(current.generation - 1);
            expect(inUse.end).toBeGreaterThan(moment);
          }
          inUse = { generation: current.generation, end: Date.parse(current.endDate) };
        }
      }),
    );
  });
});

describe("a changed schedule", () => {
  it("leaves every live key as it is while it counts the same generation", () => {
    fc.assert(
      fc.property(
        schedules,
        schedules,
        fc.double({ min: 0, max: 3000, noNaN: true }),
        (before, changed, days) => {
          const moment = new Date(Date.parse(before.anchor) + days * DAY).toISOString();
          const [old] = slotsAt(before, moment);
          const [next] = slotsAt(changed, moment);
          fc.pre(old.generation === next.generation);
          expect(next.slot).toBe(old.slot);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("gives dates that depend on the schedule and the generation, not on the moment of the run", () => {
    fc.assert(
      fc.property(schedules, fc.double({ min: 0, max: 3000, noNaN: true }), (schedule, days) => {
        const slots = slotsAt(schedule, daysIn(days, schedule));
        const { period } = { period: schedule.lifetimeDays - schedule.overlapDays };
        for (const { generation, startDate, endDate } of slots) {
          expect(Date.parse(startDate)).toBe(Date.parse(daysIn(generation * period, schedule)));
          expect(Date.parse(endDate) - Date.parse(startDate)).toBe(schedule.lifetimeDays * DAY);
        }
      }),
    );
  });
});

describe("endOfSlot", () => {
  const [current, previous] = slotsAt(halfYear, daysIn(160));

  it("is the key's own end, and of a previous key at the latest the end of the overlap", () => {
    expect(endOfSlot(current, "2027-12-31T00:00:00Z")).toBe("2027-12-31T00:00:00Z");
    expect(previous && endOfSlot(previous, "2027-12-31T00:00:00Z")).toBe("2026-06-30T00:00:00Z");
    expect(previous && endOfSlot(previous, "2026-06-01T00:00:00Z")).toBe("2026-06-01T00:00:00Z");
  });
});
