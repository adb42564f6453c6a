import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fakeGraph, JumpingClock, readerOf } from "./fake-graph";

const item = z.object({ id: z.string() });

describe("what is held", () => {
  it("is three pages, however long the collection is and however slow its reader", async () => {
    const clock = new JumpingClock();
    const pages = 200;
    const fake = await fakeGraph(clock, (_, count) => ({
      body: {
        value: [{ id: `${count}` }],
        ...(count < pages && { "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=${count}` }),
      },
    }));
    let taken = 0;
    let ahead = 0;
    for await (const _ of readerOf(fake, clock).reader.pages("/users", item)) {
      taken++;
      if (taken % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      ahead = Math.max(ahead, fake.seen.length - taken);
    }
    expect(taken).toBe(pages);
    expect(ahead).toBe(2);
  });

  it("is as many batches as may be under way, however many requests there are", async () => {
    const clock = new JumpingClock();
    const parallelBatches = 3;
    const fake = await fakeGraph(clock, ({ body }) => ({
      body: {
        responses: (body as { requests: { id: string }[] }).requests.map(({ id }) => ({
          id,
          status: 200,
          body: { value: [] },
        })),
      },
    }));
    const requests = Array.from({ length: 2_000 }, (_, index) => ({
      id: `${index}`,
      path: `/groups/${index}/members`,
    }));
    let answered = 0;
    let ahead = 0;
    for await (const _ of readerOf(fake, clock, { parallelBatches }).reader.batch(requests, item)) {
      answered++;
      if (answered % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      ahead = Math.max(ahead, fake.seen.length * 20 - answered);
    }
    expect(answered).toBe(2_000);
    expect(fake.seen).toHaveLength(100);
    expect(ahead).toBeLessThanOrEqual((parallelBatches + 1) * 20);
  });
});

describe("a token bucket under load", () => {
  it("spends the budget evenly and is never refused", async () => {
    const clock = new JumpingClock();
    let level = 8_000;
    let at = clock.now();
    const fake = await fakeGraph(clock, ({ body }) => {
      const now = clock.now();
      level = Math.min(8_000, level + (now - at) * 0.8);
      at = now;
      const responses = (body as { requests: { id: string }[] }).requests.map(({ id }) => {
        if (level < 5) return { id, status: 429, headers: { "Retry-After": "1" }, body: {} };
        level -= 5;
        return { id, status: 200, headers: { "x-ms-resource-unit": "5" }, body: { value: [] } };
      });
      return { body: { responses } };
    });
    const startedAt = clock.now();
    const { reader } = readerOf(fake, clock);
    const requests = Array.from({ length: 6_000 }, (_, index) => ({
      id: `${index}`,
      path: `/groups/00000000-0000-4000-8000-${String(index).padStart(12, "0")}/transitiveMembers`,
    }));
    for await (const { error } of reader.batch(requests, item)) expect(error).toBeUndefined();
    const implied = (6_000 * 5 - 8_000) / 0.8;
    expect(reader.figures.throttled).toBe(0);
    expect(clock.now() - startedAt).toBeLessThanOrEqual(implied * 1.2);
  });
});
