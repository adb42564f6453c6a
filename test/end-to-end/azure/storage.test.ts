/** A storage account from its declaration to Microsoft's own clients: Azurite behind the proxy that checks roles. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetch } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { noDelays } from "../../../infra/local/tenant/core/replication";
import { type RunningTenant, runTenant } from "../../../infra/local/tenant/tenant";
import { ArmOf, runProgram } from "./arm-of";

const roles = {
  blobDataContributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  queueDataContributor: "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
};
const header = "a-header-of-the-test-that-is-long-enough";
const version = "2024-01-01";

let directory: string;
let running: RunningTenant;
let arm: ArmOf;
// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
let account: any;
let accountPath: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "tenant-storage-"));
  running = await runTenant({ directory, port: 0, seed: { users: 5, groups: 1, seed: 1 }, delays: noDelays });
  arm = new ArmOf({ ...running, directory });
  await arm.call("PUT", arm.group, "2024-03-01", { location: "westeurope" });
  accountPath = `${arm.group}/providers/Microsoft.Storage/storageAccounts/stcontoso`;
  account = await arm.make(accountPath, version, {
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    properties: { allowSharedKeyAccess: false, minimumTlsVersion: "TLS1_2" },
  });
  for (const name of ["data", "state"])
    await arm.make(`${accountPath}/blobServices/default/containers/${name}`, version, { properties: {} });
  for (const name of ["work", "work-poison"])
    await arm.make(`${accountPath}/queueServices/default/queues/${name}`, version, { properties: {} });
});
afterAll(async () => {
  await running.stop();
  rmSync(directory, { recursive: true });
});

describe("a storage account", () => {
  test("tells its endpoints and that it is ready", () => {
    expect(account).toMatchObject({
      name: "stcontoso",
      kind: "StorageV2",
      sku: { name: "Standard_LRS", tier: "Standard" },
      properties: {
        provisioningState: "Succeeded",
        allowSharedKeyAccess: false,
        primaryEndpoints: {
          blob: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/stcontoso\/$/),
          queue: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+\/stcontoso\/$/),
        },
      },
    });
  });

  test("serves Microsoft's clients with a managed identity as far as its roles go", async () => {
    const identity = await arm.make(
      `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`,
      "2023-01-31",
      { location: "westeurope" },
    );
    const { principalId, clientId } = identity.properties;
    await arm.admin("PUT", "/identity-hosts", { header, principalIds: [principalId] });
    await arm.assign(
      `${accountPath}/blobServices/default/containers/data`,
      roles.blobDataContributor,
      principalId,
    );
    await arm.assign(
      `${accountPath}/queueServices/default/queues/work`,
      roles.queueDataContributor,
      principalId,
    );
    const printed = await runProgram("storage-program.ts", {
      NODE_EXTRA_CA_CERTS: running.endpoint.caFile,
      IDENTITY_ENDPOINT: `${running.endpoint.origin}/msi/token`,
      IDENTITY_HEADER: header,
      BLOB: account.properties.primaryEndpoints.blob,
      QUEUE: account.properties.primaryEndpoints.queue,
      CLIENT_ID: clientId,
    });
    expect(JSON.parse(printed)).toEqual({
      upload: "ok",
      length: "ok",
      absent: "BlobAlreadyExists",
      match: "ConditionNotMet",
      missing: "BlobNotFound",
      lease: "ok",
      second: "LeaseAlreadyPresent",
      leased: "LeaseIdMissing",
      release: "ok",
      names: ["contoso/users/2026/part 1+ä.ndjson.gz"],
      otherContainer: "AuthorizationPermissionMismatch",
      create: "AuthorizationPermissionMismatch",
      send: "ok",
      receive: "ok",
      poison: "AuthorizationPermissionMismatch",
    });
  });

  test("asks for a token, takes no key, and knows its own accounts only", async () => {
    const { blob } = account.properties.primaryEndpoints;
    const get = async (path: string, headers: Record<string, string> = {}, method = "GET") => {
      const answer = await fetch(`${blob}${path}`, { method, headers, dispatcher: arm.dispatcher });
      return { status: answer.status, code: answer.headers.get("x-ms-error-code"), headers: answer.headers };
    };
    const bare = await get("data/x");
    expect(bare).toMatchObject({ status: 401, code: "NoAuthenticationInformation" });
    expect(bare.headers.get("www-authenticate")).toContain("resource_id=https://storage.azure.com");
    const key = { authorization: "SharedKey stcontoso:c2lnbmF0dXJl" };
    expect(await get("data/x", key)).toMatchObject({
      status: 403,
      code: "KeyBasedAuthenticationNotPermitted",
    });
    expect(await get("data/x?sig=abc&sp=r")).toMatchObject({ code: "KeyBasedAuthenticationNotPermitted" });
    const graph = { authorization: `Bearer ${await arm.token(`${running.endpoint.origin}/graph/.default`)}` };
    expect(await get("data/x", graph)).toMatchObject({ status: 401, code: "InvalidAuthenticationInfo" });
    const good = { authorization: `Bearer ${await arm.token("https://storage.azure.com/.default")}` };
    expect(await get("../stother/data/x", good)).toMatchObject({ status: 404, code: "ResourceNotFound" });
    // The deployer may read, as an operator who makes reports; contributing to the account is no right to write data.
    expect(await get("data/x", good)).toMatchObject({ status: 404, code: "BlobNotFound" });
    expect(await get("data/x", good, "DELETE")).toMatchObject({
      status: 403,
      code: "AuthorizationPermissionMismatch",
    });
  });

  test("fails as it is told", async () => {
    const url = `${account.properties.primaryEndpoints.blob}data/x`;
    const headers = { authorization: `Bearer ${await arm.token("https://storage.azure.com/.default")}` };
    const fault = {
      service: "storage",
      method: "PUT",
      path: "/data/",
      status: 412,
      code: "LeaseLost",
      remaining: 1,
    };
    await arm.admin("POST", "/faults", fault);
    const body = Buffer.alloc(4_000_000);
    const put = () => fetch(url, { method: "PUT", headers, body, dispatcher: arm.dispatcher });
    const failed = await put();
    expect([failed.status, failed.headers.get("x-ms-error-code")]).toEqual([412, "LeaseLost"]);
    expect(await failed.text()).toContain("<Code>LeaseLost</Code>");
    expect((await put()).status).toBe(403);
    await arm.admin("POST", "/faults", { service: "storage", drop: true, remaining: 1 });
    await expect(put()).rejects.toThrow();
  });

  test("deletes what is older than its lifecycle rules say, and nothing else", async () => {
    const rule = {
      ...{ name: "old", enabled: true, type: "Lifecycle" },
      definition: {
        actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } },
        filters: { blobTypes: ["blockBlob"], prefixMatch: ["data/"] },
      },
    };
    await arm.call("PUT", `${accountPath}/managementPolicies/default`, version, {
      properties: { policy: { rules: [rule] } },
    });
    await arm.assign(accountPath, roles.blobDataContributor, running.endpoint.deployer.objectId);
    const { blob } = account.properties.primaryEndpoints;
    const call = async (method: string, path: string) => {
      const headers = {
        authorization: `Bearer ${await arm.token("https://storage.azure.com/.default")}`,
        "x-ms-version": "2024-11-04",
        ...(method === "PUT" ? { "x-ms-blob-type": "BlockBlob" } : {}),
      };
      const body = method === "PUT" ? { body: "x" } : {};
      return (await fetch(`${blob}${path}`, { method, headers, ...body, dispatcher: arm.dispatcher })).status;
    };
    expect(await call("PUT", "data/old & <new>.json")).toBe(201);
    expect(await call("PUT", "state/kept.json")).toBe(201);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await arm.admin("POST", "/clock/advance", { milliseconds: 31 * 86_400_000 });
    const deadline = Date.now() + 20_000;
    while ((await call("HEAD", "data/old & <new>.json")) !== 404 && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await call("HEAD", "data/old & <new>.json")).toBe(404);
    expect(await call("HEAD", "state/kept.json")).toBe(200);
    await arm.admin("POST", "/clock/reset");
  });

  test("keeps its data when the tenant stops, and loses it by a reset", async () => {
    await running.stop();
    running = await runTenant({ directory, port: 0, delays: noDelays });
    arm = new ArmOf({ ...running, directory });
    const container = `${accountPath}/blobServices/default/containers/state`;
    expect((await arm.call("GET", container, version)).status).toBe(200);
    await arm.admin("POST", "/reset");
    expect(await arm.admin("GET", "/status")).toMatchObject({ storage: { accounts: [], running: false } });
    await arm.call("PUT", arm.group, "2024-03-01", { location: "westeurope" });
    const shape = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await arm.make(accountPath, version, shape);
    expect((await arm.call("GET", container, version)).status).toBe(404);
  });
});
