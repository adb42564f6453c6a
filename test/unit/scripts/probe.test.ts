import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TokenCredential } from "@azure/identity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudByName } from "../../../components/clouds";
import { tryCapability } from "../../../scripts/lib/connection/probe";
import type { ConnectionReport } from "../../../scripts/lib/connection/report";
import { judge } from "../../../scripts/lib/connection/verdict";
import { connectorOutput } from "./outputs";

const credential: TokenCredential = {
  getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** Tries one capability of Graph and one of the Management Activity API where both live on that origin. */
async function probes(origin: string, by: TokenCredential = credential) {
  const global = cloudByName("global");
  const { hostname } = new URL(origin);
  const authority = { ...global.authority, graphHosts: [hostname] };
  const cloud = { ...global, graph: origin, o365Management: origin, authority };
  const place = { cloud, tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f" };
  return Promise.all(["users.read", "activity-feed.read"].map((id) => tryCapability(id, place, by)));
}

describe("a probe that gets no answer is one failed probe with a next step", () => {
  let plain: Server;
  let port = 0;
  let closed = 0;
  beforeAll(async () => {
    plain = createServer((_request, response) => response.end());
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    port = (plain.address() as AddressInfo).port;
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    closed = (gone.address() as AddressInfo).port;
    await new Promise((resolve) => gone.close(resolve));
  });
  afterAll(() => plain.close());

  it.each([
    ["an unknown name", () => "https://graph.contoso.invalid", /not found by name/, /DNS/],
    ["a refused connection", () => `https://127.0.0.1:${closed}`, /nothing answers at 127/, /tenant start/],
    ["what nobody knows", () => "https://127.0.0.1:1", /\(bad port\)/, /Check network/],
    ["a server without TLS", () => `https://127.0.0.1:${port}`, /does not speak TLS/, /HTTPS_PROXY/],
  ])("%s", async (_what, origin, note, next) => {
    for (const probe of await probes(origin())) {
      expect(probe).toMatchObject({ result: "failed", next: expect.stringMatching(next) });
      expect(probe.note).toMatch(note);
      expect(probe.note).toContain(`${new URL(origin()).host} gave no answer`);
    }
  });

  it("a token that can't be had", async () => {
    const refused: TokenCredential = {
      getToken: () => Promise.reject(new Error("AADSTS53003: Access has been blocked.")),
    };
    for (const probe of await probes(`https://127.0.0.1:${port}`, refused)) {
      expect(probe).toMatchObject({
        result: "failed",
        next: expect.stringContaining("Exclude the application"),
      });
    }
  });

  it("and its next step is the report's", () => {
    const found: ConnectionReport = {
      connector: "c",
      name: "C",
      state: "Error",
      consent: "grant",
      credential: "client secret",
      requested: 1,
      granted: 1,
      missing: [],
      surplus: [],
      directoryRoles: [],
      probes: [
        { capability: "a", title: "A", result: "works" },
        { capability: "b", title: "B", result: "failed", note: "No way.", next: "Find one." },
      ],
    };
    expect(judge(found, connectorOutput())).toEqual({
      state: "Error",
      problem: '"B" does not work. No way.',
      next: "Find one.",
    });
  });
});
