import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoff, retryAfter } from "../../../components/collector/function/graph/retry-after";

const now = Date.parse("2026-05-01T12:00:00Z");

describe("Retry-After", () => {
  it("takes any number of seconds, whole or not, never less than asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 999 }), (whole, part) => {
        const seconds = `${whole}.${String(part).padStart(3, "0")}`;
        expect(retryAfter(seconds, now)).toBe(whole * 1000 + part);
        expect(retryAfter(` ${whole} `, now)).toBe(whole * 1000);
      }),
    );
  });

  it("takes HTTP dates, also past ones", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (seconds) => {
        const date = new Date(now + seconds * 1000).toUTCString();
        expect(retryAfter(date, now)).toBe(Math.max(0, seconds * 1000));
      }),
    );
  });

  it("does not depend on this machine's clock where the reply has a date", () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 600 }), (wrong) => {
        const value = new Date(now + 20_000).toUTCString();
        expect(retryAfter(value, now + wrong * 1000, new Date(now).toUTCString())).toBe(20_000);
      }),
    );
  });

  it("never throws and never gives nonsense", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const wait = retryAfter(text, now);
        expect(wait === undefined || (Number.isFinite(wait) && wait >= 0)).toBe(true);
      }),
    );
    for (const text of [undefined, "", " ", "soon", "-5", "1e400", "NaN", "5 s"])
      expect(retryAfter(text, now)).toBeUndefined();
  });
});

describe("backoff", () => {
  it("stays between half and the whole of a doubling time, half a minute at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, chance) => {
          const longest = Math.min(30_000, 500 * 2 ** (attempt - 1));
          const wait = backoff(attempt, () => chance);
          expect(wait).toBeGreaterThanOrEqual(longest / 2);
          expect(wait).toBeLessThanOrEqual(longest);
        },
      ),
    );
  });
});
