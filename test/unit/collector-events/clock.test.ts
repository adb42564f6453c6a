import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utcOf } from "../../../components/collector/function/streams/events/clock";

describe("a service's clock", () => {
  it.each([
    ["2026-03-01T10:20:30Z", "2026-03-01T10:20:30.000Z"],
    ["2026-03-01T10:20:30", "2026-03-01T10:20:30.000Z"],
    ["2026-03-01T10:20", "2026-03-01T10:20:00.000Z"],
    ["2026-03-01 10:20:30", "2026-03-01T10:20:30.000Z"],
    ["2026-03-01T10:20:30.1234567Z", "2026-03-01T10:20:30.123Z"],
    ["2026-03-01T10:20:30.1", "2026-03-01T10:20:30.100Z"],
    ["2026-03-01T10:20:30+02:00", "2026-03-01T08:20:30.000Z"],
    ["2026-03-01T10:20:30-0530", "2026-03-01T15:50:30.000Z"],
    [" 2026-03-31T23:59:59z ", "2026-03-31T23:59:59.000Z"],
  ])("%s is %s", (text, expected) => expect(utcOf(text)).toBe(expected));

  it.each([
    "",
    "not a time",
    "2026-13-01T10:20:30Z",
    "2026-03-01T25:20:30Z",
    "2026-03-01",
    null,
    7,
    undefined,
  ])("%s is none", (value) => expect(utcOf(value)).toBeUndefined());

  it("reads every date-time that computers write", () => {
    const moment = fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true });
    fc.assert(fc.property(moment, (date) => void expect(utcOf(date.toISOString())).toBe(date.toISOString())));
  });
});
