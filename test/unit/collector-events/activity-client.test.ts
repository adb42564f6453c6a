import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ForgettingCredential } from "../../../components/collector/function/graph/token";
import {
  type ActivityReader,
  SubscriptionError,
} from "../../../components/collector/function/management-activity/client";
import { createActivityReader } from "../../../components/collector/function/management-activity/reader";
import { swift } from "../../faults/collector/swift-timing";

type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

const tenantId = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const window = { from: Date.parse("2026-03-01T00:00:00Z"), to: Date.parse("2026-03-02T00:00:00Z") };

let server: Server;
let root: string;
let answers: Answer[];
let asked: IncomingMessage[];

beforeEach(async () => {
  [answers, asked] = [[], []];
  server = createServer((request: IncomingMessage, response: ServerResponse) => {
    asked.push(request);
    const [status, body, headers = {}] = answers.shift() ?? [500, "none left"];
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/manage`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const refusal = (code: string, message = code) => ({ error: { code, message } });

/** Gives token 1, then 2, and so on, a new one when it is told to forget. */
function credential(): ForgettingCredential & { readonly scopes: string[] } {
  let number = 1;
  const scopes: string[] = [];
  return {
    scopes,
    getToken: async (scope) => {
      scopes.push(String(scope));
      return { token: `token-${number}`, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
    forget: () => {
      number += 1;
    },
  };
}

const reader = (
  options: { publisherIdentifier?: string; timing?: ReturnType<typeof swift> } = {},
): ActivityReader =>
  createActivityReader({ root, credential: credential(), tenantId, timing: swift(), ...options });

const content = (id: string) => ({
  contentId: id,
  contentUri: `${root}/api/v1.0/${tenantId}/activity/feed/audit/${id}`,
  contentCreated: "2026-03-01T10:00:00.000Z",
});

describe("the client of the feed", () => {
  it("names tenant, content type, window and publisher, and goes on where the header says", async () => {
    const next = `${root}/api/v1.0/${tenantId}/activity/feed/subscriptions/content?nextPage=p2`;
    answers.push([200, [content("a")], { NextPageUri: next }], [200, []]);
    const activity = reader({ publisherIdentifier: "11111111-2222-3333-4444-555555555555" });
    const page = await activity.list("Audit.Exchange", window, undefined);
    expect(page).toMatchObject({ contents: [{ contentId: "a" }], next });
    expect(await activity.list("Audit.Exchange", window, page.next)).toEqual({
      contents: [],
      next: undefined,
    });
    expect(asked.map(({ url }) => url)).toEqual([
      `/manage/api/v1.0/${tenantId}/activity/feed/subscriptions/content?contentType=Audit.Exchange&startTime=2026-03-01T00:00:00&endTime=2026-03-02T00:00:00&PublisherIdentifier=11111111-2222-3333-4444-555555555555`,
      `/manage/api/v1.0/${tenantId}/activity/feed/subscriptions/content?nextPage=p2&PublisherIdentifier=11111111-2222-3333-4444-555555555555`,
    ]);
  });

  it("takes a subscription that is enabled already for started", async () => {
    answers.push([400, refusal("AF20024")], [200, { status: "enabled" }]);
    const activity = reader();
    await activity.start("Audit.Exchange");
    await activity.start("Audit.Exchange");
    expect(asked.map(({ method }) => method)).toEqual(["POST", "POST"]);
    expect(asked[0]?.url).toContain(`PublisherIdentifier=${tenantId}`);
  });

  it("waits when throttling comes as 403, with or without a word of how long", async () => {
    const timing = swift();
    answers.push([403, refusal("AF429")], [403, refusal("AF429"), { "Retry-After": "40" }], [200, []]);
    const activity = reader({ timing });
    await activity.list("Audit.Exchange", window, undefined);
    expect(activity.figures).toMatchObject({ requests: 3, throttled: 2, retries: 2 });
    expect(timing.waited()).toBeGreaterThanOrEqual(45_000);
  });

  it("asks no more than 2,000 times a minute", async () => {
    const timing = swift();
    const activity = reader({ timing });
    const began = timing.now();
    answers.push(...Array.from({ length: 2_400 }, (): Answer => [200, "[]"]));
    await Promise.all(Array.from({ length: 2_400 }, () => activity.read(content("a"))));
    expect(timing.now() - began).toBeGreaterThan(((2_400 - 2_000) / 2_000) * 60_000);
  });

  it.each([
    ["AF20022", 400],
    ["AF20023", 403],
  ])("tells of a subscription that is off (%s)", async (code, status) => {
    answers.push([status, refusal(code)]);
    await expect(reader().list("Audit.Exchange", window, undefined)).rejects.toBeInstanceOf(
      SubscriptionError,
    );
  });

  it.each([
    ["AF10001", 401, { kind: "forbidden", details: { permission: "ActivityFeed.Read" } }],
    ["AF20012", 400, { kind: "not-offered" }],
    ["AF20031", 400, { kind: "expired-link" }],
    ["AF20051", 400, { kind: "not-found", details: { code: "AF20051" } }],
    ["AF20030", 400, { kind: "refused", details: { code: "AF20030" } }],
  ])("knows what %s means", async (code, status, expected) => {
    answers.push([status, refusal(code)]);
    await expect(reader().list("Audit.Exchange", window, undefined)).rejects.toMatchObject(expected);
    expect(asked).toHaveLength(1);
  });

  it("replaces a refused token once", async () => {
    answers.push([401, { Message: "Authorization has been denied for this request." }], [200, []]);
    await reader().list("Audit.Exchange", window, undefined);
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(["Bearer token-1", "Bearer token-2"]);
    answers.push([401, ""], [401, ""]);
    await expect(reader().list("Audit.Exchange", window, undefined)).rejects.toMatchObject({
      kind: "sign-in",
    });
  });

  it("asks again for what failed or was cut off, and gives up in the end", async () => {
    answers.push([500, ""], [200, '[{"Id":"a"'], [200, '[{"Id":"a"}]']);
    expect(String(await reader().read(content("a")))).toBe('[{"Id":"a"}]');
    answers.push(...Array.from({ length: 20 }, (): Answer => [503, "busy"]));
    await expect(reader().read(content("a"))).rejects.toMatchObject({
      kind: "service",
      details: { status: 503 },
    });
  });

  it("asks again when a refusal was cut off on its way", async () => {
    answers.push([400, '{"error":{"code":"AF200'], [400, refusal("AF20024")]);
    await reader().start("Audit.Exchange");
    expect(asked).toHaveLength(2);
  });

  it("names the publisher once in every request, of whatever kind and however often it is sent", async () => {
    const next = `${root}/api/v1.0/${tenantId}/activity/feed/subscriptions/content?PublisherIdentifier=x&nextPage=p2`;
    answers.push([500, ""], [200, {}], [200, [], { NextPageUri: next }], [200, []], [503, ""], [200, "[]"]);
    const activity = reader();
    await activity.start("Audit.Exchange");
    const page = await activity.list("Audit.Exchange", window, undefined);
    await activity.list("Audit.Exchange", window, page.next);
    await activity.read(content("a"));
    expect(asked).toHaveLength(6);
    for (const { url } of asked) expect(url?.match(/PublisherIdentifier=/g), url).toHaveLength(1);
  });

  it("sends its token to no other host", async () => {
    const elsewhere = { ...content("a"), contentUri: "https://manage.example/audit/a" };
    await expect(reader().read(elsewhere)).rejects.toThrow(/No token was sent/);
    expect(asked).toEqual([]);
  });
});
