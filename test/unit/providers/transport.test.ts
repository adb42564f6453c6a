import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isRetriedStatus, retryCount, retryDelay } from "../../../infra/local/providers/http/retry";
import type { Limits } from "../../../infra/local/providers/http/time";
import { Transport } from "../../../infra/local/providers/http/transport";

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  /** Happens between request and answer. */
  readonly whileAnswering?: () => void;
}

let server: Server;
let origin: string;
let answers: Answer[] = [];
let seen = 0;
const transport = new Transport({});

beforeAll(async () => {
  server = createServer(async (_, response) => {
    seen += 1;
    const answer: Answer = answers.shift() ?? { status: 200, body: { fine: true } };
    const { status, headers = {}, body, whileAnswering } = answer;
    if (whileAnswering) {
      whileAnswering();
      await sleep(50);
    }
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body === undefined ? "" : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.closeAllConnections());
beforeEach(() => {
  answers = [];
  seen = 0;
});

function limits(milliseconds = 60_000): Limits {
  return { signal: AbortSignal.timeout(milliseconds), deadline: Date.now() + milliseconds };
}

const now = { "retry-after": "0" };
const throttled = { error: { code: "TooManyRequests", message: "Too many.\nSecond line." } };

describe("transport", () => {
  it.each([429, 408, 424, 500, 503])("tries %i again, whatever the method", async (status) => {
    answers = [
      { status, headers: now },
      { status, headers: now },
      { status: 201, body: { id: "1" } },
    ];
    const answer = await transport.send({ method: "POST", url: `${origin}/x`, body: "{}" }, limits());
    expect(answer).toMatchObject({ status: 201, body: { id: "1" } });
    expect(seen).toBe(3);
  });

  it.each([400, 403, 404, 409, 501])("does not try %i again", async (status) => {
    answers = [{ status }];
    await expect(transport.send({ method: "GET", url: `${origin}/x` }, limits())).rejects.toMatchObject({
      status,
    });
    expect(seen).toBe(1);
  });

  it("tries again what the call names", async () => {
    answers = [{ status: 404, headers: now }];
    const retryWhen = ({ status }: { status: number }) => status === 404;
    await transport.send({ method: "PATCH", url: `${origin}/x`, retryWhen }, limits());
    expect(seen).toBe(2);
  });

  it("takes an expected refusal as an answer", async () => {
    answers = [{ status: 404 }];
    expect(
      await transport.send({ method: "GET", url: `${origin}/x`, expect: [404] }, limits()),
    ).toMatchObject({
      status: 404,
    });
  });

  it("tells code, first line and request id in one sentence", async () => {
    answers = [{ status: 403, headers: { "request-id": "r-1" }, body: throttled }];
    await expect(
      transport.send({ method: "GET", url: `${origin}/v1.0/x?secret=1` }, limits()),
    ).rejects.toThrow("GET /v1.0/x answered 403 TooManyRequests: Too many. (request id r-1)");
  });

  it("tells the token endpoint's words", async () => {
    const body = {
      error: "invalid_client",
      error_description: "AADSTS7000215: Invalid client secret.\r\nTrace",
    };
    answers = [{ status: 401, body }];
    await expect(transport.send({ method: "POST", url: `${origin}/token` }, limits())).rejects.toThrow(
      "POST /token answered 401 invalid_client: AADSTS7000215: Invalid client secret.",
    );
  });

  it("gives up when the time is up, and says what it waited for", async () => {
    answers = Array.from({ length: 9 }, () => ({
      status: 429,
      headers: { "retry-after": "30" },
      body: throttled,
    }));
    await expect(
      transport.send(
        { method: "GET", url: `${origin}/x` },
        { ...limits(200), deadline: Date.now() + 60_000 },
      ),
    ).rejects.toThrow(/Time is up: GET \/x answered 429/);
  });

  it("hears out what changes something when the user interrupts, so that nothing is made unrecorded", async () => {
    const interruption = new AbortController();
    answers = [
      { status: 201, body: { id: "made" }, whileAnswering: () => interruption.abort(new Error("Stop")) },
    ];
    const made = transport.send(
      { method: "POST", url: `${origin}/x`, body: "{}" },
      { ...limits(), signal: interruption.signal },
    );
    await expect(made).resolves.toMatchObject({ status: 201, body: { id: "made" } });
  });

  it.each(["GET", "POST"] as const)("begins no %s once the user has interrupted", async (method) => {
    const interrupted = { ...limits(), signal: AbortSignal.abort(new Error("Stop")) };
    await expect(transport.send({ method, url: `${origin}/x` }, interrupted)).rejects.toThrow("Stop");
    expect(seen).toBe(0);
  });

  it("stops reading when the user interrupts", async () => {
    const interruption = new AbortController();
    answers = [{ status: 200, whileAnswering: () => interruption.abort(new Error("Stop")) }];
    await expect(
      transport.send({ method: "GET", url: `${origin}/x` }, { ...limits(), signal: interruption.signal }),
    ).rejects.toThrow("Stop");
  });

  it("says that nothing answers, and what to start", async () => {
    await expect(transport.send({ method: "GET", url: "https://127.0.0.1:1/x" }, limits())).rejects.toThrow(
      /^Nothing answers at https:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\)\. If this is the local tenant, start it with/,
    );
  });
});

describe("retry rules", () => {
  it("wait as Retry-After says, else 1, 2, 4 … 61 seconds", () => {
    expect(retryDelay(3, "7")).toBe(7000);
    expect([0, 1, 2, 5, 6, 9].map((attempt) => retryDelay(attempt, undefined) / 1000)).toEqual([
      1, 2, 4, 32, 61, 61,
    ]);
    expect(retryDelay(1, "Wed, 21 Oct 2026 07:28:00 GMT")).toBe(2000);
  });

  it("count from the time that is left, as the official plugin's", () => {
    expect([600, 300, 63, 1, 0].map((seconds) => retryCount(seconds * 1000))).toEqual([14, 9, 5, 0, 0]);
  });

  it("leave 501 alone", () => {
    expect([200, 400, 404, 501].filter(isRetriedStatus)).toEqual([]);
  });
});
