import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { BatchGet } from "../../../components/collector/function/graph/client";
import { type Answer, fakeGraph, JumpingClock, readerOf, type Seen } from "./fake-graph";

const item = z.object({ id: z.string() });
const gets = (count: number): BatchGet[] =>
  Array.from({ length: count }, (_, index) => ({ id: `group ${index}`, path: `/groups/${index}/members` }));

interface Sent {
  readonly id: string;
  readonly url: string;
}
const sentBy = (seen: Seen): readonly Sent[] => (seen.body as { requests: readonly Sent[] }).requests;

/** Answers every item by itself. */
const answering =
  (one: (url: string, call: number) => object): ((seen: Seen, count: number) => Answer) =>
  (seen, count) => ({
    body: { responses: sentBy(seen).map(({ id, url }) => ({ id, ...one(url, count) })) },
  });
const good = (url: string) => ({ status: 200, headers: {}, body: { value: [{ id: url }] } });

async function answersOf(answers: AsyncIterable<{ id: string; page?: unknown; error?: Error | undefined }>) {
  const byId = new Map<string, { page?: unknown; error?: Error | undefined }>();
  for await (const { id, ...rest } of answers) byId.set(id, rest);
  return byId;
}

describe("batch", () => {
  it("packs 20 items a call and answers each once", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, answering(good));
    const { reader } = readerOf(fake, clock);
    const answers = await answersOf(reader.batch(gets(45), item));
    expect(answers.size).toBe(45);
    expect(fake.seen.map((seen) => sentBy(seen).length).sort()).toEqual([20, 20, 5]);
    expect(fake.seen[0]?.path).toBe("/v1.0/$batch");
    expect(answers.get("group 44")?.page).toMatchObject({ items: [{ id: "/groups/44/members" }] });
    expect(reader.figures.requests).toBe(3);
  });

  it("takes items from a source that gives them one by one, in full batches", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, answering(good));
    async function* slowly() {
      for (const get of gets(40)) {
        await new Promise((resolve) => setImmediate(resolve));
        yield get;
      }
    }
    const answers = await answersOf(readerOf(fake, clock).reader.batch(slowly(), item));
    expect(answers.size).toBe(40);
    expect(fake.seen).toHaveLength(2);
  });

  it("sends what there is when the source waits for answers", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, answering(good));
    let answered: () => void = () => {};
    const first = new Promise<void>((resolve) => {
      answered = resolve;
    });
    async function* source() {
      yield { id: "one", path: "/groups/1/members" };
      await first;
      yield { id: "two", path: "/groups/2/members" };
    }
    const ids: string[] = [];
    for await (const { id } of readerOf(fake, clock).reader.batch(source(), item)) {
      ids.push(id);
      answered();
    }
    expect(ids).toEqual(["one", "two"]);
  });

  it("asks throttled items again after their own Retry-After, and no others", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(
      clock,
      answering((url, call) =>
        call === 1 && url.includes("/3/")
          ? { status: 429, headers: { "Retry-After": "7" }, body: { error: { code: "TooManyRequests" } } }
          : good(url),
      ),
    );
    const { reader } = readerOf(fake, clock);
    const answers = await answersOf(reader.batch(gets(10), item));
    expect(answers.size).toBe(10);
    expect([...answers.values()].every(({ page }) => page !== undefined)).toBe(true);
    expect(sentBy(fake.seen[1]!).map(({ url }) => url)).toEqual(["/groups/3/members"]);
    expect(fake.seen[1]!.at - fake.seen[0]!.at).toBeGreaterThanOrEqual(7_000);
    expect(reader.figures).toMatchObject({ throttled: 1, retries: 1, requests: 2 });
  });

  it("gives the error of an item that cannot be had and goes on with the others", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(
      clock,
      answering((url) => {
        if (url.includes("/1/"))
          return { status: 404, body: { error: { code: "Request_ResourceNotFound", message: "gone" } } };
        if (url.includes("/2/")) return { status: 200, body: { value: [{ id: 5 }] } };
        return good(url);
      }),
    );
    const answers = await answersOf(readerOf(fake, clock).reader.batch(gets(4), item));
    expect(answers.get("group 1")?.error).toMatchObject({ kind: "not-found" });
    expect(answers.get("group 2")?.error).toMatchObject({ kind: "malformed" });
    expect(answers.get("group 3")?.page).toBeDefined();
  });

  it("asks again for an item that the service left out", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, (seen, count) => ({
      body: {
        responses: sentBy(seen)
          .slice(count === 1 ? 1 : 0)
          .map(({ id, url }) => ({ id, ...good(url) })),
      },
    }));
    const answers = await answersOf(readerOf(fake, clock).reader.batch(gets(5), item));
    expect([...answers.values()].filter(({ page }) => page)).toHaveLength(5);
    expect(fake.seen).toHaveLength(2);
  });

  it("sends next links of the service as paths below the version", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, answering(good));
    const link = `${fake.origin}/v1.0/groups/1/members?$skiptoken=abc`;
    await answersOf(readerOf(fake, clock).reader.batch([{ id: "x", path: link }], item));
    expect(sentBy(fake.seen[0]!)[0]?.url).toBe("/groups/1/members?$skiptoken=abc");
  });

  it("ends with the failure of the whole call", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => ({ status: 403, body: { error: { code: "Forbidden" } } }));
    await expect(answersOf(readerOf(fake, clock).reader.batch(gets(3), item))).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});
