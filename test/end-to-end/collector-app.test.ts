/** The collector's own package in the Functions host, with storage and an identity, and a sign-in service that none will use. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CollectorSettings, eventSettings } from "../../components/collector/function/model/settings";
import type { StreamStatus } from "../../components/collector/function/model/status";
import { buildCollectorPackage } from "../../components/collector/package";
import { keys, message, type Platform, startPlatform, until } from "./functions/platform";

const nobody = "https://127.0.0.1:9";
let platform: Platform;
let packageZip: string;

beforeAll(async () => {
  platform = await startPlatform();
  packageZip = join(platform.folder, "collector.zip");
  writeFileSync(packageZip, (await buildCollectorPackage()).zip);
});
afterAll(() => platform.stop());

function settingsOf(account: string, mode: CollectorSettings["mode"] = "collect"): CollectorSettings {
  return {
    stack: "dev",
    mode,
    identityClientId: "11111111-2222-3333-4444-555555555555",
    storage: {
      blobServiceUri: platform.blobs(account).url,
      queueServiceUri: platform.queues(account).url,
      retentionDays: 30,
    },
    connectors: [
      {
        slug: "contoso",
        name: "Contoso",
        tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
        clientId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
        cloud: {
          name: "insecure",
          // Without TLS: the identity library refuses it at once, and trying again would not help.
          login: "http://127.0.0.1:9/login",
          graph: `${nobody}/graph`,
          federatedAudience: "api://AzureADTokenExchange",
          instanceDiscovery: false,
          graphHosts: ["127.0.0.1"],
        },
        credential: { kind: "federated" },
        streams: ["users", "domains"],
        filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
        signInActivity: false,
        events: eventSettings.parse({}),
      },
    ],
  };
}

/** Fields of all answers. */
interface Body {
  readonly status?: string;
  readonly streams: readonly StreamStatus[];
  readonly purged: readonly object[];
}

async function startCollector(account: string, settings: Record<string, string>) {
  for (const container of ["data", "state"]) await platform.blobs(account).createContainer(container);
  for (const queue of ["work", "work-poison"]) await platform.queues(account).createQueue(queue);
  const { app, log } = await platform.start(account, {
    packageZip,
    settings: { COLLECTOR_SCHEDULE: "0 0 3 1 1 *", ...settings },
  });
  const call = async (path: string, init: RequestInit = {}) => {
    const headers = { "x-functions-key": keys.functionKey, ...init.headers };
    const reply = await fetch(`${app.origin}/api/${path}`, { ...init, headers });
    const body = (await reply.json().catch(() => undefined)) as Body;
    return { status: reply.status, body };
  };
  const post = (path: string, body: object) => call(path, { method: "POST", body: JSON.stringify(body) });
  await until(() => app.state().state === "running");
  return { app, call, post, log };
}

test("streams are queued, worked on and say what is wrong; purge leaves nothing", async () => {
  const account = "works";
  const { call, post, app, log } = await startCollector(account, {
    COLLECTOR_SETTINGS: JSON.stringify(settingsOf(account)),
  });
  expect(await call("health")).toEqual({ status: 200, body: { status: "ok" } });
  expect((await fetch(`${app.origin}/api/sync`)).status).toBe(401);
  expect(await call("sync")).toEqual({ status: 200, body: { stack: "dev", mode: "collect", streams: [] } });

  expect(await post("sync", { connectors: ["fabrikam"] })).toMatchObject({ status: 400 });
  expect(await post("sync", { stream: ["users"] })).toMatchObject({ status: 400 });
  expect(await post("sync", { streams: ["users"] })).toEqual({
    status: 202,
    body: { enqueued: [{ connector: "contoso", stream: "users" }] },
  });
  const users = async () => (await call("sync")).body.streams[0];
  await until(async () => (await users())?.state === "error", 60_000);
  const status = await users();
  expect(status).toMatchObject({ connector: "contoso", stream: "users", run: { kind: "full", records: 0 } });
  expect(status?.problem?.message).not.toMatch(/\n|\bat /);
  expect(log()).toContain(JSON.stringify('"connector":"contoso","stream":"users"').slice(1, -1));

  // What a report found, which one kept: it goes with everything, and stays where one stream goes.
  const state = platform.blobs(account).getContainerClient("state");
  await state.getBlockBlobClient("contoso/assessments/2026-11-20.json").upload("{}", 2);
  expect((await post("purge", { streams: ["groups"] })).body.purged).toEqual([]);
  const { body } = await post("purge", {});
  expect(body.purged).toEqual([
    { connector: "contoso", stream: "users", blobs: 2 },
    { connector: "contoso", stream: "assessments", blobs: 1 },
  ]);
  const left = [];
  for (const container of ["data", "state"]) {
    for await (const { name } of platform.blobs(account).getContainerClient(container).listBlobsFlat())
      left.push(name);
  }
  expect(left).toEqual([]);
});

test("a run that was cut off is told to be interrupted, unless its lease is held; nothing is changed by looking", async () => {
  const account = "interrupted";
  const { call } = await startCollector(account, { COLLECTOR_SETTINGS: JSON.stringify(settingsOf(account)) });
  const state = platform.blobs(account).getContainerClient("state");
  const written = JSON.stringify({
    connector: "contoso",
    stream: "users",
    state: "syncing",
    updatedAt: new Date(Date.now() - 11 * 60_000).toISOString(),
  });
  const blob = state.getBlockBlobClient("contoso/users/status.json");
  await blob.upload(written, written.length);
  const lock = state.getBlockBlobClient("contoso/users/lock");
  await lock.upload("", 0);
  const users = async () => (await call("sync")).body.streams[0];
  expect(await users()).toMatchObject({
    state: "interrupted",
    problem: { code: "interrupted", next: expect.stringContaining("collect --deployed") },
  });
  await lock.getBlobLeaseClient().acquireLease(60);
  expect(await users()).toEqual(JSON.parse(written));
  expect((await blob.downloadToBuffer()).toString()).toBe(written);
});

test("a message that is no work item goes to the poison queue, is told once and dropped", async () => {
  const account = "poison";
  const { log } = await startCollector(account, { COLLECTOR_SETTINGS: JSON.stringify(settingsOf(account)) });
  const work = platform.queues(account).getQueueClient("work");
  await work.sendMessage(message({ version: 1, connector: "contoso", stream: "calendars" }));
  await until(() => log().includes("poison-message"), 60_000);
  expect(log()).toContain("work-item-malformed");
  const item = { version: 1, connector: "contoso", stream: "domains", reason: "schedule" };
  const poison = platform.queues(account).getQueueClient("work-poison");
  await poison.sendMessage(message({ ...item, requestedAt: "2026-11-21T08:00:00Z" }));
  const state = platform
    .blobs(account)
    .getContainerClient("state")
    .getBlobClient("contoso/domains/status.json");
  await until(() => state.exists(), 60_000);
  const status = JSON.parse((await state.downloadToBuffer()).toString());
  expect(status).toMatchObject({ state: "error", problem: { code: "internal" } });
});

test("settings of no use are named, and the app goes on answering", async () => {
  const { call, log } = await startCollector("malformed", { COLLECTOR_SETTINGS: '{"stack":"dev"}' });
  const health = await call("health");
  expect(health.status).toBe(503);
  expect(health.body.status).toContain("COLLECTOR_SETTINGS");
  expect(await call("sync")).toMatchObject({ status: 503, body: { problem: { code: "configuration" } } });
  expect(log()).not.toContain("    at ");
});

test("an unresolved Key Vault reference is named", async () => {
  const reference = `@Microsoft.KeyVault(SecretUri=${platform.identity.origin}/secrets/missing)`;
  const { call } = await startCollector("unresolved", { COLLECTOR_SETTINGS: reference });
  expect((await call("health")).body.status).toContain(
    "The Key Vault reference in the app setting COLLECTOR_SETTINGS is not resolved.",
  );
});

test("an app of read-write connectors is idle and says so", async () => {
  const account = "idle";
  const { call, post } = await startCollector(account, {
    COLLECTOR_SETTINGS: JSON.stringify(settingsOf(account, "provision")),
  });
  expect(await post("sync", {})).toMatchObject({ status: 202, body: { enqueued: [] } });
  expect((await call("sync")).body).toEqual({ stack: "dev", mode: "provision", streams: [] });
});
