import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import type { CollectorAppOutput } from "../../../infra/outputs";
import { UserError } from "../../../scripts/lib/errors";
import { demandAccess, openSource } from "../../../scripts/lib/report/source";
import { memoryStore } from "../collector-runtime/memory-store";

const app: CollectorAppOutput = {
  name: "func-collect",
  mode: "collect",
  url: "https://func-collect.azurewebsites.net",
  siteId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/func-collect",
  resourceGroup: "g",
  identityClientId: "i",
  storage: { blobServiceUri: "https://a.blob.core.windows.net", queueServiceUri: "https://a.queue" },
  connectors: [],
};

/** A store that answers every question with a status. */
function refusing(statusCode: number): CollectorStore {
  const { data, state } = memoryStore();
  const refusal = Object.assign(new Error("refused"), { statusCode });
  const list = () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(refusal) }),
  });
  return { data, state: Object.assign(Object.create(state), { list }) };
}

async function refusalOf(work: Promise<unknown>): Promise<UserError> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw new Error(`It was no refusal: ${String(error)}`);
  return error;
}

it("names the role that an operator lacks, and how to have it assigned", async () => {
  const { message, next } = await refusalOf(demandAccess(refusing(403), app));
  expect(message).toContain("Storage Blob Data Reader");
  expect(next).toContain('--role "Storage Blob Data Reader"');
  expect(next).toContain("--scope /subscriptions/s/resourceGroups/g");
});

it("takes no other failure for a missing role", async () => {
  const { message, next } = await refusalOf(demandAccess(refusing(500), app));
  expect(message).not.toContain("Storage Blob Data Reader");
  expect(next).toContain("private network");
});

it("reads an empty store without complaint", async () => {
  await expect(demandAccess(memoryStore(), app)).resolves.toBeUndefined();
});

it("demands one source", async () => {
  const both = openSource({ stack: "dev", from: "x", deployed: true }, undefined);
  expect((await refusalOf(both)).message).toContain("exclude each other");
});

it("says what to do where nothing was collected", async () => {
  const folder = mkdtempSync(join(tmpdir(), "report-source-"));
  const error = await refusalOf(openSource({ stack: "dev", from: join(folder, "none") }, undefined));
  rmSync(folder, { recursive: true });
  expect(error.next).toContain("collect");
});
