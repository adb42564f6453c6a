/** When apps are tried again, and when they all start anew. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { MovableClock } from "../../../infra/local/tenant/core/clock";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";
import { SiteWatch } from "../../../infra/local/tenant/web/watch";

let tenant: TestTenant;
let clock: MovableClock;
let seen: string[];
let watch: SiteWatch;

beforeEach(() => {
  vi.useFakeTimers();
  tenant = createTestTenant();
  clock = new MovableClock(tenant.store);
  seen = [];
  watch = new SiteWatch(clock, { retry: () => seen.push("retry"), restart: () => seen.push("restart") });
});
afterEach(() => {
  watch.stop();
  vi.useRealTimers();
  tenant.close();
});

it("tries again every second, until it is stopped", () => {
  vi.advanceTimersByTime(2_500);
  watch.stop();
  vi.advanceTimersByTime(5_000);
  expect(seen).toEqual(["retry", "retry"]);
});

it("starts all anew when the clock was moved or set back by much, not by little", () => {
  clock.advance(10 * 60_000);
  vi.advanceTimersByTime(1_000);
  clock.advance(86_400_000);
  vi.advanceTimersByTime(2_000);
  clock.reset();
  vi.advanceTimersByTime(1_000);
  expect(seen).toEqual(["retry", "restart", "retry", "restart"]);
});
