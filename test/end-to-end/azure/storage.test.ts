/** A storage account from its declaration to Microsoft's own clients: Azurite behind the proxy that checks roles. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  arm = new ArmOf(running);
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
});
