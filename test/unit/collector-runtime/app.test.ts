import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../../components/collector/function/app/configuration";
import { workItems } from "../../../components/collector/function/app/enqueue";
import { select } from "../../../components/collector/function/app/selection";
import { invocationDeadline } from "../../../components/collector/function/app/time-limit";
import type { CollectorSettings } from "../../../components/collector/function/model/settings";
import type { StreamState } from "../../../components/collector/function/model/status";
import { workItemSchema } from "../../../components/collector/function/model/work-item";
import { readStatus } from "../../../components/collector/function/runtime/stream-documents";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { memoryStore } from "./memory-store";
import { connector } from "./synthetic";

const settings: CollectorSettings = {
  stack: "dev",
  mode: "collect",
  identityClientId: "identity",
  storage: { blobServiceUri: "https://a.example", queueServiceUri: "https://b.example", retentionDays: 30 },
  connectors: [
    { ...connector, streams: ["users", "groups"] },
    { ...connector, slug: "fabrikam", streams: ["users"] },
  ],
};

describe("the configuration", () => {
  it("is what the app setting says", () => {
    expect(readConfiguration({ COLLECTOR_SETTINGS: JSON.stringify(settings) })).toMatchObject({ settings });
  });

  it.each([
    [{}, "COLLECTOR_SETTINGS is missing"],
    [{ COLLECTOR_SETTINGS: "{" }, "is not JSON"],
    [{ COLLECTOR_SETTINGS: JSON.stringify({ ...settings, mode: "both" }) }, "malformed at mode"],
    [
      { COLLECTOR_SETTINGS: JSON.stringify(settings), OTHER: "@Microsoft.KeyVault(SecretUri=https://x)" },
      "in the app setting OTHER is not resolved",
    ],
  ])("names what is wrong with %j", (environment, message) => {
    const { problem } = readConfiguration(environment);
    expect(problem).toMatchObject({ code: "configuration", message: expect.stringContaining(message) });
  });
});

describe("a selection", () => {
  it("means everything, or what is named and served", () => {
    expect(select(settings, {}).selected).toHaveLength(3);
    expect(select(settings, { streams: ["groups"] }).selected).toEqual([
      { connector: "contoso", stream: "groups" },
    ]);
    expect(select(settings, { connectors: ["fabrikam", "tailspin"] })).toEqual({
      selected: [{ connector: "fabrikam", stream: "users" }],
      unknown: ["tailspin"],
    });
  });
});

describe("the time limit", () => {
  const start = new Date("2026-11-21T08:00:00Z");
  const seconds = (environment: Record<string, string>) => {
    const deadline = invocationDeadline(start, environment);
    return deadline && (deadline.getTime() - start.getTime()) / 1000;
  };
  const setting = "AzureFunctionsJobHost__functionTimeout";

  it("is host.json's or the setting's, less what stopping takes", () => {
    expect(seconds({})).toBe(1780);
    expect(seconds({ [setting]: "00:10:00" })).toBe(580);
    expect(seconds({ [setting]: "00:00:10" })).toBe(8);
    expect(seconds({ [setting]: "-1" })).toBeUndefined();
  });
});

describe("work items", () => {
  const now = new Date("2026-11-21T08:00:00Z");
  const one = { connector: "contoso", stream: "groups" } as const;
  const status = (store: CollectorStore, state: StreamState, minutesAgo: number) =>
    store.state.write(
      "contoso/groups/status.json",
      Buffer.from(
        JSON.stringify({
          ...one,
          state,
          updatedAt: new Date(now.getTime() - minutesAgo * 60_000).toISOString(),
        }),
      ),
    );
  const ask = (store: CollectorStore, reason: "schedule" | "request", resync = false) =>
    workItems(store, [one], { reason, resync, now });

  it("are as the queue function parses them, in the order asked, and mark their streams", async () => {
    const store = memoryStore();
    const { selected } = select(settings, {});
    const items = await workItems(store, selected, { reason: "schedule", resync: false, now });
    expect(items.map(({ connector, stream }) => ({ connector, stream }))).toEqual(selected);
    for (const item of items) expect(workItemSchema.parse(JSON.parse(JSON.stringify(item)))).toEqual(item);
    expect(await readStatus(store.state, "fabrikam", "users")).toMatchObject({ state: "queued" });
  });

  it.each([
    ["queued", 44, 0],
    ["queued", 46, 1],
    ["syncing", 9, 0],
    ["syncing", 11, 1],
    ["connected", 0, 1],
    ["error", 0, 1],
  ] as const)("of the schedule: %s for %i minutes gives %i", async (state, minutes, count) => {
    const store = memoryStore();
    await status(store, state, minutes);
    expect(await ask(store, "schedule")).toHaveLength(count);
  });

  it("that somebody asked for are made in any case, and leave a run that is under way its status", async () => {
    const store = memoryStore();
    await status(store, "syncing", 1);
    expect(await ask(store, "request", true)).toMatchObject([{ resync: true, reason: "request" }]);
    expect(await readStatus(store.state, "contoso", "groups")).toMatchObject({ state: "syncing" });
  });
});
