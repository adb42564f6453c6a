import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Answer, all, fakeGraph, JumpingClock, readerOf } from "./fake-graph";

const item = z.object({ id: z.string() });
const good: Answer = { body: { value: [{ id: "a" }] } };

/** Every answer of the list once, then good ones. */
async function given(answers: readonly Answer[], options: Parameters<typeof readerOf>[2] = {}) {
  const clock = new JumpingClock();
  const fake = await fakeGraph(clock, (_, count) => answers[count - 1] ?? good);
  const { reader, events } = readerOf(fake, clock, options);
  return { clock, fake, reader, events, read: () => all(reader.pages("/users", item)) };
}

const throttled = (value?: string): Answer => ({
  status: 429,
  headers: value === undefined ? {} : { "retry-after": value },
  body: { error: { code: "TooManyRequests", message: "Too Many Requests" } },
});

describe("a throttled request", () => {
  it.each([
    ["seconds", "3", 3_000],
    ["decimals", "2.5", 2_500],
    ["more than two minutes", "125", 125_000],
    ["a date", "Fri, 01 May 2026 12:00:09 GMT", 9_000],
  ])("waits as long as the service asks: %s", async (_, value, milliseconds) => {
    const { read, fake, reader } = await given([throttled(value)]);
    expect(await read()).toEqual([{ id: "a" }]);
    const waited = fake.seen[1]!.at - fake.seen[0]!.at;
    expect(waited).toBeGreaterThanOrEqual(milliseconds);
    expect(waited).toBeLessThan(milliseconds + 15_000);
    expect(reader.figures).toMatchObject({ throttled: 1, retries: 1, requests: 2 });
  });

  it("measures a date against the service's own clock", async () => {
    const { read, fake } = await given([
      {
        status: 429,
        headers: { "retry-after": "Fri, 01 May 2026 14:00:05 GMT", date: "Fri, 01 May 2026 14:00:00 GMT" },
        body: {},
      },
    ]);
    await read();
    expect(fake.seen[1]!.at - fake.seen[0]!.at).toBeLessThan(20_000);
  });

  it("waits longer each time when the service does not say how long", async () => {
    const { read, clock } = await given([throttled(), throttled(), throttled()]);
    await read();
    const backoffs = clock.waits.filter((wait) => [375, 750, 1_500].includes(wait));
    expect(backoffs).toEqual([375, 750, 1_500]);
  });

  it("ends when patience does, and says when to come back", async () => {
    const { read, clock } = await given(
      Array.from({ length: 50 }, () => throttled("60")),
      { patienceMilliseconds: 300_000 },
    );
    await expect(read()).rejects.toMatchObject({
      kind: "throttled",
      details: { retryAt: expect.any(Number) },
    });
    expect(clock.waits.length).toBeLessThan(20);
  });

  it("does not wait for what comes after the deadline", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => throttled("125"));
    const deadline = new Date(clock.now() + 60_000);
    const { reader } = readerOf(fake, clock, { deadline });
    await expect(all(reader.pages("/users", item))).rejects.toMatchObject({
      kind: "throttled",
      details: { retryAt: clock.now() + 125_000 },
    });
    expect(fake.seen).toHaveLength(1);
  });

  it("makes other requests of the same budget wait too", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, ({ path }, count) =>
      count === 1 ? throttled("30") : path.includes("skiptoken") ? good : good,
    );
    const { reader } = readerOf(fake, clock);
    const first = all(reader.pages("/users", item));
    await expect.poll(() => reader.figures.throttled).toBe(1);
    await Promise.all([first, all(reader.pages("/groups", item))]);
    for (const later of fake.seen.slice(1))
      expect(later.at - fake.seen[0]!.at).toBeGreaterThanOrEqual(30_000);
  });
});

describe("a service that fails for the moment", () => {
  it.each([500, 502, 503, 504])("is asked again after %i", async (status) => {
    const { read, reader } = await given([
      { status, body: "<html>gateway</html>" },
      { status, headers: { "retry-after": "1" } },
    ]);
    expect(await read()).toEqual([{ id: "a" }]);
    expect(reader.figures).toMatchObject({ requests: 3, retries: 2, throttled: 0 });
  });

  it.each([
    ["a reset before the reply", (response: import("node:http").ServerResponse) => response.destroy()],
    [
      "a reset in the middle of the body",
      (response: import("node:http").ServerResponse) => {
        response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
        response.write('{"value":[{"id":');
        setTimeout(() => response.destroy(), 5);
      },
    ],
  ])("is asked again after %s", async (_, fault) => {
    const { read, reader } = await given([fault, fault]);
    expect(await read()).toEqual([{ id: "a" }]);
    expect(reader.figures.retries).toBe(2);
  });

  it("ends as a failure of the service after bounded attempts", async () => {
    const { read, fake } = await given(Array.from({ length: 40 }, () => ({ status: 503, body: {} })));
    await expect(read()).rejects.toMatchObject({
      kind: "service",
      details: { status: 503, requestId: "request-1" },
    });
    expect(fake.seen.length).toBeLessThan(12);
  });
});

describe("a reply that is not what the service documents", () => {
  const faults: readonly (readonly [string, Answer])[] = [
    ["truncated JSON", { body: '{"value":[{"id":"a"},{"i' }],
    ["no JSON", { body: "<html></html>" }],
    ["an empty body", { body: "" }],
    ["an error with status 200", { body: { error: { code: "generalException", message: "x" } } }],
    ["no list", { body: { value: "a" } }],
    ["an item of another shape", { body: { value: [{ id: "a" }, { id: 7 }] } }],
    ["a next link that is none", { body: { value: [], "@odata.nextLink": 5 } }],
    ["a damaged compression", { headers: { "content-encoding": "gzip" }, body: "nonsense" }],
  ];

  it.each(faults)("is asked for again: %s", async (_, fault) => {
    const { read } = await given([fault]);
    expect(await read()).toEqual([{ id: "a" }]);
  });

  it.each(faults)("ends as malformed when it stays so: %s", async (_, fault) => {
    const { read, fake } = await given([fault, fault, fault, fault]);
    await expect(read()).rejects.toMatchObject({ kind: "malformed" });
    expect(fake.seen).toHaveLength(4);
  });
});

describe("the end of time", () => {
  it("begins no request that could not end by the deadline", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, (_, count) => ({
      body: { value: [{ id: "a" }], "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=${count}` },
    }));
    const { reader } = readerOf(fake, clock, { deadline: new Date(clock.now() + 100) });
    await expect(all(reader.pages("/users", item))).rejects.toMatchObject({ kind: "deadline" });
    expect(fake.seen).toHaveLength(0);
  });

  it("stops at once when it is cancelled, also in the middle of a request", async () => {
    const clock = new JumpingClock();
    const stop = new AbortController();
    const fake = await fakeGraph(clock, () => () => setTimeout(() => stop.abort(new Error("enough")), 5));
    const { reader } = readerOf(fake, clock, { signal: stop.signal });
    await expect(all(reader.pages("/users", item))).rejects.toThrow("enough");
    expect(reader.figures.retries).toBe(0);
  });
});
