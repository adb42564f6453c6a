/** A function app from its declaration to its answer: plan, site, package, Functions host, identity, settings. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { strToU8, zipSync } from "fflate";
import { fetch } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noDelays } from "../../../infra/local/tenant/core/replication";
import { type RunningTenant, runTenant } from "../../../infra/local/tenant/tenant";
import { type Answer, ArmOf } from "./arm-of";

const roles = {
  blobDataOwner: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  queueDataContributor: "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
};
const versions = { storage: "2024-01-01", web: "2025-05-01", identity: "2023-01-31" };

let directory: string;
let running: RunningTenant;
let arm: ArmOf;
let zip: Uint8Array;
let principalId: string;
let site: string;
let account: string;
// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
let made: any;

const start = () =>
  runTenant({ directory, port: 0, seed: { users: 5, groups: 1, seed: 1 }, delays: noDelays });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "tenant-site-"));
  running = await start();
  arm = new ArmOf({ ...running, directory });
  zip = await packageOf("site-app-program.ts");
  await arm.call("PUT", arm.group, "2024-03-01", { location: "westeurope" });
  account = `${arm.group}/providers/Microsoft.Storage/storageAccounts/stsite`;
  site = `${arm.group}/providers/Microsoft.Web/sites/func-contoso`;
  made = await declareSite();
});
afterAll(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

async function packageOf(program: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, program)],
    bundle: true,
    platform: "node",
    external: ["@azure/functions-core"],
    banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
    define: { "import.meta.url": "moduleUrl" },
    write: false,
  });
  const host = {
    version: "2.0",
    extensions: { queues: { messageEncoding: "none", maxPollingInterval: "00:00:01" } },
  };
  return zipSync({
    "index.js": outputFiles[0]?.contents ?? new Uint8Array(),
    "host.json": strToU8(JSON.stringify(host)),
    "package.json": strToU8(JSON.stringify({ main: "index.js" })),
  });
}

async function declareSite(): Promise<Answer["body"]> {
  const location = "westeurope";
  const identity = await arm.make(
    `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-func`,
    versions.identity,
    { location },
  );
  principalId = identity.properties.principalId;
  const storage = await arm.make(account, versions.storage, {
    ...{ location, kind: "StorageV2", sku: { name: "Standard_LRS" } },
    properties: { allowSharedKeyAccess: false },
  });
  const { blob, queue } = storage.properties.primaryEndpoints;
  for (const name of ["deployment", "data"])
    await arm.make(`${account}/blobServices/default/containers/${name}`, versions.storage, {});
  for (const name of ["work", "work-poison"])
    await arm.make(`${account}/queueServices/default/queues/${name}`, versions.storage, {});
  const plan = await arm.make(`${arm.group}/providers/Microsoft.Web/serverfarms/plan-contoso`, versions.web, {
    ...{ location, kind: "functionapp", sku: { name: "FC1", tier: "FlexConsumption" } },
    properties: { reserved: true },
  });
  const settings = {
    GREETING: "hello",
    AZURE_CLIENT_ID: identity.properties.clientId,
    AzureWebJobsStorage__blobServiceUri: blob,
    AzureWebJobsStorage__queueServiceUri: queue,
    AzureWebJobsStorage__credential: "managedidentity",
    AzureWebJobsStorage__clientId: identity.properties.clientId,
  };
  return arm.make(site, versions.web, {
    ...{ location, kind: "functionapp,linux" },
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: {} } },
    properties: {
      serverFarmId: plan.id,
      httpsOnly: true,
      keyVaultReferenceIdentity: identity.id,
      functionAppConfig: {
        deployment: {
          storage: {
            type: "blobContainer",
            value: `${blob}deployment`,
            authentication: {
              type: "UserAssignedIdentity",
              userAssignedIdentityResourceId: identity.id,
            },
          },
        },
        runtime: { name: "node", version: "22" },
        scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
      },
      siteConfig: { appSettings: Object.entries(settings).map(([name, value]) => ({ name, value })) },
    },
  });
}

function scmHost(): string {
  const states: { hostType: string; name: string }[] = made.properties.hostNameSslStates;
  return states.find(({ hostType }) => hostType === "Repository")?.name ?? "";
}

async function publish(authorization?: string): Promise<{ status: number; body: string }> {
  const token = authorization ?? `Bearer ${await arm.token(`${running.endpoint.origin}/arm/.default`)}`;
  const answer = await fetch(`https://${scmHost()}/api/publish?RemoteBuild=False&Deployer=test`, {
    method: "POST",
    headers: { authorization: token, "content-type": "application/zip" },
    body: zip,
    dispatcher: arm.dispatcher,
  });
  return { status: answer.status, body: await answer.text() };
}

async function deployed(): Promise<Answer["body"]> {
  for (;;) {
    const { body } = await arm.call("GET", `https://${scmHost()}/api/deployments/latest`, "");
    if (body.complete === true) return body;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function get(path: string, headers: Record<string, string> = {}) {
  const url = `https://${made.properties.defaultHostName}${path}`;
  const answer = await fetch(url, { headers, dispatcher: arm.dispatcher });
  return { status: answer.status, text: await answer.text() };
}

/** Asks until the answer is the one that is expected: settings take effect by a restart. */
async function eventually<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const answer = await ask();
    if (isIt(answer) || Date.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Sends a message and answers what the function wrote, once it is that message. */
async function worksOff(message: object): Promise<string> {
  const { blob, queue } = (await arm.call("GET", account, versions.storage)).body.properties.primaryEndpoints;
  const token = await arm.token("https://storage.azure.com/.default");
  const headers = { authorization: `Bearer ${token}`, "x-ms-version": "2024-11-04" };
  const text = JSON.stringify(message);
  const body = `<QueueMessage><MessageText>${text}</MessageText></QueueMessage>`;
  const { dispatcher } = arm;
  const sent = await fetch(`${queue}work/messages`, { method: "POST", headers, body, dispatcher });
  expect(sent.status).toBe(201);
  const read = async () => {
    const answer = await fetch(`${blob}data/received.json`, { headers, dispatcher });
    return `${answer.status} ${await answer.text()}`;
  };
  return eventually(read, (answer) => answer.endsWith(text));
}

describe.sequential("a function app", () => {
  test("tells its addresses and keeps its settings to those who may list them", async () => {
    expect(made.properties).toMatchObject({
      state: "Running",
      reserved: true,
      sku: "FlexConsumption",
      hostNameSslStates: [{ hostType: "Standard" }, { hostType: "Repository" }],
      siteConfig: { appSettings: null },
    });
    const listed = await arm.call("POST", `${site}/config/appsettings/list`, versions.web);
    expect(listed.body.properties.GREETING).toBe("hello");
  });

  test("answers 503 before anything was published", async () => {
    expect((await get("/api/hello")).status).toBe(503);
  });

  test("takes packages by token only", async () => {
    expect((await publish("Basic dXNlcjpwYXNz")).status).toBe(401);
    const graph = await arm.token(`${running.endpoint.origin}/graph/.default`);
    expect((await publish(`Bearer ${graph}`)).status).toBe(401);
  });

  test("does not deploy while its identity has no role on the container", async () => {
    expect((await publish()).status).toBe(202);
    const { status, status_text: text } = await deployed();
    expect(status).toBe(3);
    expect(text).toContain("AuthorizationPermissionMismatch");
  });

  test("runs what was published", async () => {
    await arm.assign(account, roles.blobDataOwner, principalId);
    await arm.assign(account, roles.queueDataContributor, principalId);
    const { status, body } = await publish();
    expect(status).toBe(202);
    expect(await deployed()).toMatchObject({ id: JSON.parse(body), status: 4, active: true });
    expect(await get("/api/hello")).toEqual({ status: 200, text: '{"greeting":"hello"}' });
  });

  test("opens guarded functions with the keys that Resource Manager lists", async () => {
    expect((await get("/api/guarded")).status).toBe(401);
    const { body } = await arm.call("POST", `${site}/host/default/listKeys`, versions.web);
    const key = body.functionKeys.default;
    expect(await get("/api/guarded", { "x-functions-key": key })).toEqual({ status: 200, text: "open" });
    expect((await get(`/api/guarded?code=${body.masterKey}`)).status).toBe(200);
  });

  test("lists its functions", async () => {
    const { body } = await arm.call("GET", `${site}/functions`, versions.web);
    expect(body.value.map(({ name }: { name: string }) => name).sort()).toEqual([
      "func-contoso/guarded",
      "func-contoso/hello",
      "func-contoso/work",
    ]);
  });

  test("starts anew with changed settings, and stops and starts when told", async () => {
    const { body } = await arm.call("POST", `${site}/config/appsettings/list`, versions.web);
    const properties = { ...body.properties, GREETING: "good day" };
    await arm.call("PUT", `${site}/config/appsettings`, versions.web, { properties });
    expect(await get("/api/hello")).toEqual({ status: 200, text: '{"greeting":"good day"}' });
    await arm.call("POST", `${site}/stop`, versions.web);
    expect((await get("/api/hello")).status).toBe(403);
    await arm.call("POST", `${site}/start`, versions.web);
    expect((await get("/api/hello")).status).toBe(200);
  });

  test("works off its queue as its identity, also after the clock was moved", async () => {
    await arm.assign(account, roles.queueDataContributor, running.endpoint.deployer.objectId);
    await arm.assign(account, roles.blobDataOwner, running.endpoint.deployer.objectId);
    expect(await worksOff({ count: 3 })).toBe('200 {"count":3}');
    await arm.admin("POST", "/clock/advance", { milliseconds: 3 * 86_400_000 });
    expect(await worksOff({ count: 4 })).toBe('200 {"count":4}');
    await arm.admin("POST", "/clock/reset");
    expect(await worksOff({ count: 5 })).toBe('200 {"count":5}');
  });

  test("runs again when the tenant does", async () => {
    await running.stop();
    running = await start();
    arm = new ArmOf({ ...running, directory });
    made = (await arm.call("GET", site, versions.web)).body;
    expect(await get("/api/hello")).toEqual({ status: 200, text: '{"greeting":"good day"}' });
    const status = await arm.admin("GET", "/status");
    expect(status).toMatchObject({
      sites: [{ name: "func-contoso", state: "running" }],
      storage: { accounts: ["stsite"], running: true },
    });
  });

  test("is gone when it is deleted, with its plan and its address", async () => {
    const plan = `${arm.group}/providers/Microsoft.Web/serverfarms/plan-contoso`;
    expect((await arm.call("DELETE", plan, versions.web)).body.error.code).toBe("Conflict");
    expect((await arm.call("DELETE", site, versions.web)).status).toBe(200);
    expect((await arm.call("DELETE", plan, versions.web)).status).toBe(200);
    await expect(get("/api/hello")).rejects.toThrow();
    expect(await arm.admin("GET", "/status")).toMatchObject({ sites: [] });
  });
});
