import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { all, fakeGraph, JumpingClock, readerOf } from "./fake-graph";

const item = z.object({ id: z.string() });
const page = (ids: readonly string[], next?: string, delta?: string) => ({
  body: {
    value: ids.map((id) => ({ id, ignored: true })),
    ...(next && { "@odata.nextLink": next }),
    ...(delta && { "@odata.deltaLink": delta }),
  },
});

/** Items that do not compress well. */
const unlike = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: createHash("sha256").update(`${index}`).digest("hex"),
  }));

describe("pages", () => {
  it("goes on after short and empty pages until there is no next link", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, ({ path }) => {
      const next = (n: number) => `${fake.origin}/v1.0/users?$skiptoken=${n}`;
      if (path.endsWith("=2")) return page([], next(3));
      if (path.endsWith("=3")) return page(["c"], undefined, `${fake.origin}/v1.0/users/delta?$deltatoken=x`);
      return path.endsWith("=1") ? page(["b"], next(2)) : page(["a"], next(1));
    });
    const { reader } = readerOf(fake, clock);
    expect(await all(reader.pages("/users?$top=999", item))).toEqual([{ id: "a" }, { id: "b" }, { id: "c" }]);
    expect(fake.seen.map(({ path }) => path)[0]).toBe("/v1.0/users?$top=999");
    expect(reader.figures).toMatchObject({ requests: 4, retries: 0, throttled: 0 });
  });

  it("sends a next link back letter for letter", async () => {
    const clock = new JumpingClock();
    const odd =
      "/v1.0/users?$skiptoken=a%2Bb%3D=&$select=id&$select=id,x&$filter=(a%20eq%20%27https://x/%27)";
    const fake = await fakeGraph(clock, (_, count) =>
      count === 1 ? page(["a"], `${fake.origin}${odd}`) : page(["b"]),
    );
    await all(readerOf(fake, clock).reader.pages("/users", item));
    expect(fake.seen[1]?.path).toBe(odd);
  });

  it("refuses a next link that comes twice", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => page(["a"], `${fake.origin}/v1.0/users?$skiptoken=1`));
    await expect(all(readerOf(fake, clock).reader.pages("/users", item))).rejects.toMatchObject({
      kind: "malformed",
      message: expect.stringContaining("circle"),
    });
  });

  it.each([
    ["another host", "https://graph.microsoft.com.evil.example/v1.0/users"],
    ["another port", "http://127.0.0.1:1/v1.0/users"],
    ["a user name", "http://x@127.0.0.1/v1.0/users"],
    ["nonsense", "not a link"],
  ])("sends no token to %s", async (_, link) => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => page(["a"], link));
    await expect(all(readerOf(fake, clock).reader.pages("/users", item))).rejects.toMatchObject({
      kind: "malformed",
      message: expect.stringContaining("No token was sent"),
    });
    expect(fake.seen).toHaveLength(1);
  });

  it("asks for two pages before the reader is done with this one, and not for more", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, (_, count) =>
      page([`${count}`], `${fake.origin}/v1.0/users?$skiptoken=${count}`),
    );
    const pages = readerOf(fake, clock).reader.pages("/users", item);
    await pages.next();
    await expect.poll(() => fake.seen.length).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fake.seen).toHaveLength(3);
    await pages.return();
  });

  it.each([
    ["plain", (text: string) => Buffer.from(text), {}],
    ["compressed", (text: string) => gzipSync(text), { "content-encoding": "gzip" }],
  ])("asks for the next page while this one still comes, %s", async (_, encoded, headers) => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, ({ path }) => {
      if (path.endsWith("=1")) return page(["last"]);
      const body = { "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=1`, value: unlike(400) };
      const bytes = encoded(JSON.stringify(body));
      return async (response) => {
        response.writeHead(200, { "content-type": "application/json", ...headers });
        response.write(bytes.subarray(0, bytes.length - 100));
        await expect.poll(() => fake.seen.length).toBe(2);
        response.end(bytes.subarray(bytes.length - 100));
      };
    });
    const items = await all(readerOf(fake, clock).reader.pages("/users", item));
    expect(items).toEqual([...unlike(400), { id: "last" }]);
  });

  it("goes where the whole page says when one that was cut off had named another", async () => {
    const clock = new JumpingClock();
    let attempts = 0;
    const fake = await fakeGraph(clock, ({ path }) => {
      if (path.includes("skiptoken")) return page([path.slice(-6)]);
      const body = (next: string) =>
        JSON.stringify({
          "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=${next}`,
          value: unlike(400),
        });
      if (++attempts > 1) return { body: body("second") };
      return async (response) => {
        response.writeHead(200, { "content-type": "application/json" });
        response.write(body("-first").slice(0, 9_000));
        await expect.poll(() => fake.seen.length).toBe(2);
        response.destroy();
      };
    });
    const items = await all(readerOf(fake, clock).reader.pages("/users", item));
    expect(items).toEqual([...unlike(400), { id: "second" }]);
  });

  it("believes the parsed page, not what looks like a next link in its bytes", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, ({ path }) => {
      const link = (token: string) => `${fake.origin}/v1.0/users?$skiptoken=${token}`;
      if (path.endsWith("=real")) return page(["b"]);
      if (path.endsWith("=false")) return page(["never"], link("more"));
      const value = [{ id: "a", "@odata.nextLink": link("false") }];
      return { body: { value, "@odata.nextLink": link("real") } };
    });
    const items = await all(readerOf(fake, clock).reader.pages("/users", item));
    expect(items).toEqual([{ id: "a" }, { id: "b" }]);
  });

  it("reads the beta version by its prefix", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => page(["a"]));
    await all(readerOf(fake, clock).reader.pages("/beta/groups", item));
    expect(fake.seen[0]?.path).toBe("/beta/groups");
  });
});
