/** The store in Blob Storage against Azurite: the contract that every store keeps. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BlobServiceClient } from "@azure/storage-blob";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBlobStore } from "../../components/collector/function/storage/blob-store";
import { loadServerCertificate } from "../../infra/local/tenant/core/tls/certificates";
import { Azurite } from "../../infra/local/tenant/storage/azurite";
import { AzuriteToken } from "../../infra/local/tenant/storage/azurite-token";
import { trustCertificates } from "../../scripts/lib/trust";
import { storeContract } from "../unit/collector-runtime/store-contract";

const token = new AzuriteToken({ tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f" });
const credential = {
  getToken: async () => ({ token: token.get(), expiresOnTimestamp: Date.now() + 3_600_000 }),
};

let folder: string;
let azurite: Azurite;
let accounts: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "collector-store-"));
  const { caFile } = await loadServerCertificate(folder);
  trustCertificates(readFileSync(caFile, "utf8"));
  azurite = new Azurite(folder);
  const { blob } = await azurite.origins();
  accounts = Array.from({ length: 10 }, (_, index) => `${blob}/account${index}`);
  for (const account of accounts) {
    const service = new BlobServiceClient(account, credential);
    for (const container of ["data", "state"]) await service.createContainer(container);
  }
});
afterAll(async () => {
  await azurite.stop();
  rmSync(folder, { recursive: true, force: true });
});

function open() {
  const blobServiceUri = accounts.pop();
  if (blobServiceUri === undefined) throw new Error("There are more tests than accounts.");
  return { store: openBlobStore({ blobServiceUri, credential }), blobServiceUri };
}

describe("the store in Blob Storage", () => {
  storeContract(() => open().store);

  it("loses its lease when another takes it by force", async () => {
    const { store, blobServiceUri } = open();
    const lease = await store.state.lease("c/s/lock");
    const client = new BlobServiceClient(blobServiceUri, credential).getContainerClient("state");
    await client.getBlobClient("c/s/lock").getBlobLeaseClient().breakLease(0);
    const other = await store.state.lease("c/s/lock");
    expect(other).toBeDefined();
    await expect.poll(() => lease?.signal.aborted, { timeout: 30_000, interval: 500 }).toBe(true);
    await other?.release();
  });
});
