import { afterEach, describe, expect, test } from "vitest";
import { DelayedReplication, defaultDelays } from "../../../infra/local/tenant/core/replication";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";

const now = new Date("2026-03-01T12:00:00Z");
const made: TestTenant[] = [];
const tenantOf = (delays = {}) => {
  const tenant = createTestTenant({ now, delays });
  made.push(tenant);
  return tenant;
};
afterEach(() => {
  for (const tenant of made.splice(0)) tenant.close();
});

describe("replication", () => {
  test("lets a write arrive after its delay, each place by its own", () => {
    const { clock, replication } = tenantOf({ lists: 500, "token-endpoint": 2000 });
    const written = clock.now();
    expect(replication.visible("lists", written)).toBe(false);
    expect(replication.visible("references", written)).toBe(true);
    clock.advance(500);
    expect(replication.visible("lists", written)).toBe(true);
    expect(replication.visible("token-endpoint", written)).toBe(false);
  });

  test("declared settled has brought everything so far, and nothing later", () => {
    const { clock, replication } = tenantOf({ lists: 500 });
    replication.settle();
    expect(replication.visible("lists", clock.now())).toBe(true);
    clock.advance(1);
    expect(replication.visible("lists", clock.now())).toBe(false);
  });

  test("has long brought what was written before the clock was set back", () => {
    const { clock, replication } = tenantOf({ lists: 500 });
    clock.advance(86_400_000);
    const written = clock.now();
    clock.reset();
    expect(replication.visible("lists", written)).toBe(true);
  });

  test("keeps delays that were set; those not named stay", () => {
    const { clock, store } = tenantOf();
    new DelayedReplication(store, clock).set({ lists: 7 });
    expect(new DelayedReplication(store, clock).delays).toEqual({ ...defaultDelays, lists: 7 });
  });
});

test("a moved clock stays moved, and a reset sets it back", () => {
  const { clock } = tenantOf();
  clock.advance(1000);
  clock.advance(500);
  expect(clock.now()).toBe(now.getTime() + 1500);
  clock.reset();
  expect(clock.now()).toBe(now.getTime());
});
