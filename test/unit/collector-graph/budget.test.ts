import { setMaxListeners } from "node:events";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Budget } from "../../../components/collector/function/graph/budget/budget";
import { Concurrency } from "../../../components/collector/function/graph/budget/concurrency";
import { chargeOf, sumOf } from "../../../components/collector/function/graph/budget/costs";
import { TokenBucket } from "../../../components/collector/function/graph/budget/token-bucket";
import { JumpingClock } from "./fake-graph";

describe("costs", () => {
  it.each([
    ["/users?$top=999", "identity", 2],
    ["/users?$select=id", "identity", 1],
    ["/users/delta?$select=id", "identity", 1],
    ["/groups/0a1b2c3d-0000-4000-8000-000000000000/members?$top=999", "identity", 3],
    ["/groups/0a1b2c3d-0000-4000-8000-000000000000/members?$select=id&$top=5", "identity", 1],
    ["/groups/0a1b2c3d-0000-4000-8000-000000000000/transitiveMembers", "identity", 5],
    ["/applications?$expand=owners", "identity", 3],
    ["/beta/groups/0a1b2c3d-0000-4000-8000-000000000000/members", "identity", 3],
    ["/subscribedSkus", "identity", 3],
    ["/organization", "identity", 1],
    ["/auditLogs/signIns?$top=1000", "reports", 1],
    ["/identityProtection/riskyUsers", "protection", 1],
  ])("%s costs %s %i", (path, budget, units) => {
    expect(chargeOf(path)).toEqual({ budget, units });
  });

  it("sums by budget", () => {
    const charges = ["/users", "/users", "/auditLogs/signIns"].map(chargeOf);
    expect(sumOf(charges)).toEqual([
      { budget: "identity", units: 4 },
      { budget: "reports", units: 1 },
    ]);
  });
});

describe("token bucket", () => {
  it("never gives more in any stretch of time than its capacity and what came back", () => {
    const steps = fc.array(
      fc.record({ pause: fc.integer({ min: 0, max: 5_000 }), units: fc.integer({ min: 1, max: 60 }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, fc.integer({ min: 60, max: 100 }), (sequence, capacity) => {
        const refill = capacity / 10_000;
        const bucket = new TokenBucket({ capacity, refill }, 0);
        const taken: { at: number; units: number }[] = [];
        let now = 0;
        for (const { pause, units } of sequence) {
          now += pause;
          now += bucket.delay(units, now);
          bucket.take(units, now);
          taken.push({ at: now, units });
        }
        for (let from = 0; from < taken.length; from++) {
          let sum = 0;
          for (const { at, units } of taken.slice(from)) {
            sum += units;
            expect(sum).toBeLessThanOrEqual(capacity + (at - taken[from]!.at) * refill + 1e-6);
          }
        }
      }),
    );
  });

  it("always says a delay after which the units are there", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 100 }), (units, spent) => {
        const bucket = new TokenBucket({ capacity: 100, refill: 0.01 }, 0);
        bucket.take(spent, 0);
        const delay = bucket.delay(units, 0);
        expect(Number.isFinite(delay)).toBe(true);
        expect(bucket.delay(units, delay)).toBe(0);
      }),
    );
  });
});

describe("budget", () => {
  const free = () => {};

  it("waits before the service would refuse, first come first served", async () => {
    const clock = new JumpingClock();
    const budget = new Budget({ capacity: 5, refill: 5 / 10_000 }, clock);
    const { signal } = new AbortController();
    const startedAt = clock.now();
    const at: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        await budget.acquire(1, signal, free);
        at.push(clock.now() - startedAt);
      }),
    );
    expect(at.slice(0, 5)).toEqual([0, 0, 0, 0, 0]);
    expect(at[9]).toBe(10_000);
  });

  it("holds back when others spend the same budget", async () => {
    const clock = new JumpingClock();
    const budget = new Budget({ capacity: 100, refill: 0.01 }, clock);
    budget.spent(0.9);
    const startedAt = clock.now();
    await budget.acquire(20, new AbortController().signal, free);
    expect(clock.now() - startedAt).toBeCloseTo(1_000, -1);
  });

  it("lets one that was cancelled go without holding up the next", async () => {
    const clock = new JumpingClock();
    const budget = new Budget({ capacity: 1, refill: 0.001 }, clock);
    const cancelled = AbortSignal.abort(new Error("enough"));
    await expect(budget.acquire(1, cancelled, free)).rejects.toThrow("enough");
    await budget.acquire(1, new AbortController().signal, free);
    expect(clock.waits).toEqual([]);
  });
});

describe("concurrency", () => {
  it("never has more under way than allowed, grows with success and halves when refused", async () => {
    const clock = new JumpingClock();
    const concurrency = new Concurrency({ start: 2, maximum: 6 }, clock);
    const { signal } = new AbortController();
    setMaxListeners(0, signal);
    let active = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 200 }, async () => {
        await concurrency.acquire(signal);
        most = Math.max(most, ++active);
        await new Promise((resolve) => setImmediate(resolve));
        active--;
        concurrency.grow();
        concurrency.release();
      }),
    );
    expect(most).toBe(6);
    concurrency.shrink();
    concurrency.shrink();
    expect(concurrency.current).toBe(3);
  });
});
