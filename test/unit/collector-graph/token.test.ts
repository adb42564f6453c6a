import { describe, expect, it } from "vitest";
import { z } from "zod";
import { all, fakeGraph, JumpingClock, numberedCredential, readerOf } from "./fake-graph";

const item = z.object({ id: z.string() });
const minute = 60_000;

describe("the token", () => {
  it("is replaced once when the service refuses it, by one request for all that wait", async () => {
    const clock = new JumpingClock();
    const credential = numberedCredential(clock);
    const fake = await fakeGraph(clock, ({ token }) =>
      token === "Bearer token-1"
        ? { status: 401, body: { error: { code: "InvalidAuthenticationToken", message: "expired" } } }
        : { body: { value: [{ id: "a" }] } },
    );
    const { reader, events } = readerOf(fake, clock, { credential });
    await Promise.all(["/users", "/groups", "/devices"].map((path) => all(reader.pages(path, item))));
    expect(credential.tokens).toBe(2);
    expect(fake.seen).toHaveLength(6);
    expect(events.map(({ event }) => event)).toContain("token-renewed");
  });

  it("is not replaced for ever", async () => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => ({
      status: 401,
      body: { error: { code: "InvalidAuthenticationToken" } },
    }));
    const { reader } = readerOf(fake, clock);
    await expect(all(reader.pages("/users", item))).rejects.toMatchObject({ kind: "sign-in" });
    expect(fake.seen).toHaveLength(2);
  });

  it("is renewed ahead of its end in the middle of a run", async () => {
    const clock = new JumpingClock();
    const credential = numberedCredential(clock);
    const fake = await fakeGraph(clock, (_, count) => ({
      body: {
        value: [{ id: `${count}` }],
        ...(count < 10 && { "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=${count}` }),
      },
    }));
    const { reader } = readerOf(fake, clock, {
      credential: {
        ...credential,
        getToken: async () => {
          credential.forget();
          return credential.getToken();
        },
      },
    });
    for await (const _ of reader.pages("/users", item))
      await clock.wait(10 * minute, new AbortController().signal);
    const tokens = new Set(fake.seen.map(({ token }) => token));
    expect(tokens.size).toBeGreaterThanOrEqual(2);
    expect(tokens.size).toBeLessThanOrEqual(3);
  });

  it.each([-10, 10])("is asked for once a run when the clock is %i minutes wrong", async (wrong) => {
    const clock = new JumpingClock();
    let asked = 0;
    const fake = await fakeGraph(clock, (_, count) => ({
      body: {
        value: [{ id: `${count}` }],
        ...(count < 20 && { "@odata.nextLink": `${fake.origin}/v1.0/users?$skiptoken=${count}` }),
      },
    }));
    const { reader } = readerOf(fake, clock, {
      credential: {
        getToken: async () => ({
          token: `token-${++asked}`,
          expiresOnTimestamp: clock.now() + (60 - wrong) * minute,
        }),
      },
    });
    await all(reader.pages("/users", item));
    expect(asked).toBe(1);
  });

  it.each([
    [
      "AADSTS7000222: The provided client secret keys are expired. Trace ID: 0a1b2c3d-0000-4000-8000-000000000000",
      "secret has expired",
    ],
    [
      "AADSTS700016: Application with identifier 'x' was not found in the directory 'y'.",
      "not known in the tenant",
    ],
    ["AADSTS70021: No matching federated identity record found", "federated credential"],
  ])("fails in plain words: %s", async (text, words) => {
    const clock = new JumpingClock();
    const fake = await fakeGraph(clock, () => ({ body: { value: [] } }));
    const { reader } = readerOf(fake, clock, {
      credential: { getToken: () => Promise.reject(new Error(text)) },
    });
    await expect(all(reader.pages("/users", item))).rejects.toMatchObject({
      kind: "sign-in",
      message: expect.stringContaining(words),
    });
    expect(fake.seen).toHaveLength(0);
  });

  it("is asked for again when the sign-in service can't be reached", async () => {
    const clock = new JumpingClock();
    let asked = 0;
    const fake = await fakeGraph(clock, () => ({ body: { value: [{ id: "a" }] } }));
    const { reader } = readerOf(fake, clock, {
      credential: {
        getToken: async () => {
          if (++asked < 3) throw new Error("connect ECONNREFUSED 127.0.0.1:1");
          return { token: "x", expiresOnTimestamp: clock.now() + 60 * minute };
        },
      },
    });
    expect(await all(reader.pages("/users", item))).toEqual([{ id: "a" }]);
  });
});
