import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { CollectorClient } from "../../../scripts/lib/collect/deployed/client";
import { startDeployed, watchDeployed } from "../../../scripts/lib/collect/deployed/collect";
import { streamStatus } from "./samples";

type Answer = readonly [status: number, body: unknown];

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A function app that answers as told. */
async function pretend(
  answer: (method: string, url: string, body: string) => Answer,
): Promise<CollectorClient> {
  const server = createServer(async (request: IncomingMessage, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const key = request.headers["x-functions-key"];
    const [status, reply] =
      key === "the-key" ? answer(request.method ?? "", request.url ?? "", body) : [401, ""];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(reply));
  });
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  return new CollectorClient("fn-collector", `http://127.0.0.1:${port}`, "the-key", 3_000);
}

const state = (streams: readonly StreamStatus[]): Answer => [200, { stack: "dev", mode: "collect", streams }];

describe("the deployed function app", () => {
  it("is watched until the run that was asked for is over, not the one before", async () => {
    const old = streamStatus({ updatedAt: "2026-11-20T00:00:00.000Z" });
    const later = [
      streamStatus({ state: "queued", updatedAt: "2026-11-21T00:00:00.000Z" }),
      streamStatus({ state: "syncing", updatedAt: "2026-11-21T00:00:01.000Z" }),
      streamStatus({ updatedAt: "2026-11-21T00:00:02.000Z" }),
    ];
    const asked: string[] = [];
    let looks = 0;
    const client = await pretend((method, url, body) => {
      if (method === "GET") return state([asked.length === 0 ? old : (later[looks++] ?? old)]);
      asked.push(`${url} ${body}`);
      return [202, { enqueued: [{ connector: "conductorone", stream: "users" }] }];
    });
    const seen: string[] = [];
    const started = await startDeployed(client, { connectors: ["conductorone"] }, true);
    const report = await watchDeployed(client, started, {
      signal: new AbortController().signal,
      report: ({ state, run }) => seen.push(`${state} ${run?.records ?? "-"}`),
    });
    expect(asked).toEqual(['/api/sync {"connectors":["conductorone"],"resync":true}']);
    expect(seen).toEqual(["queued -", "syncing 1234", "connected 1234"]);
    expect(report.streams).toEqual([later[2]]);
  });

  it("may still be starting", async () => {
    let calls = 0;
    const client = await pretend(() => (++calls < 2 ? [503, { status: "starting" }] : state([])));
    expect(await client.statuses()).toEqual([]);
  });

  it("is told apart from one that refuses, is of another version, or is not there", async () => {
    const bad = await pretend(() => [400, { message: "This app does not serve x." }]);
    await expect(bad.sync({ connectors: ["x"] }, false)).rejects.toThrow(
      'answers 400. {"message":"This app does not serve x."}',
    );
    const other = await pretend(() => [200, { streams: [] }]);
    await expect(other.statuses()).rejects.toThrow("answers what this version does not understand");
    const gone = new CollectorClient("fn-collector", "http://127.0.0.1:1", "the-key", 0);
    await expect(gone.statuses()).rejects.toThrow("does not answer at http://127.0.0.1:1");
  });

  it("tells what it purged, and what a run holds", async () => {
    const client = await pretend((_, url, body) => {
      expect([url, body]).toEqual(["/api/purge", '{"streams":["users"]}']);
      return [
        200,
        {
          purged: [
            { connector: "a", stream: "users", blobs: 6 },
            { connector: "b", stream: "users", busy: true },
          ],
        },
      ];
    });
    expect(await client.purge({ streams: ["users"] })).toEqual([
      { connector: "a", stream: "users", blobs: 6, busy: false },
      { connector: "b", stream: "users", blobs: 0, busy: true },
    ]);
  });
});
