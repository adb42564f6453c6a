/** What surrounds a function app in the host's tests: storage, an identity endpoint with a vault, and a package. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { BlobServiceClient } from "@azure/storage-blob";
import { QueueServiceClient, type StoragePipelineOptions } from "@azure/storage-queue";
import { build } from "esbuild";
import { zipSync } from "fflate";
import {
  type FunctionAppSpec,
  type RunningFunctionApp,
  startFunctionApp,
} from "../../../infra/local/functions";
import { loadServerCertificate } from "../../../infra/local/tenant/core/tls/certificates";
import { Azurite } from "../../../infra/local/tenant/storage/azurite";
import { AzuriteToken } from "../../../infra/local/tenant/storage/azurite-token";
import { startService } from "../loopback-service";

export const secret = "a-secret-from-the-vault";
export const keys = { masterKey: "master-key-of-the-app", functionKey: "function-key-of-the-app" };

export interface Event {
  readonly event: string;
  readonly id?: string;
  readonly pid?: number;
  readonly dequeueCount?: number;
  readonly isPastDue?: boolean;
}

/** Starts storage and the identity endpoint, and builds the sample package. */
export async function startPlatform() {
  const folder = mkdtempSync(join(tmpdir(), "functions-host-"));
  const { caFile } = await loadServerCertificate(folder);
  const azurite = new Azurite(folder);
  const { blob, queue } = await azurite.origins();
  const token = new AzuriteToken({ tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f" });
  const identity = await startService(({ path }) => {
    const url = new URL(path, "http://localhost");
    if (url.pathname === "/msi/token") {
      const resource = url.searchParams.get("resource");
      return [
        200,
        { access_token: token.get(), expires_on: `${Math.floor(Date.now() / 1000) + 3600}`, resource },
      ];
    }
    return url.pathname === "/secrets/sample" ? [200, { value: secret }] : undefined;
  });
  const tlsOptions = { ca: readFileSync(caFile, "utf8") };
  const credential = {
    getToken: async () => ({ token: token.get(), expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  let count = 0;
  const apps: RunningFunctionApp[] = [];

  return {
    folder,
    identity,
    packageZip: await buildSample(folder),
    /** A queue service of its own for every test. */
    queues(account: string): QueueServiceClient {
      const options: StoragePipelineOptions & { tlsOptions: object } = { tlsOptions };
      return new QueueServiceClient(`${queue}/${account}`, credential, options);
    },
    /** A blob service of its own for every test. */
    blobs(account: string): BlobServiceClient {
      const options: StoragePipelineOptions & { tlsOptions: object } = { tlsOptions };
      return new BlobServiceClient(`${blob}/${account}`, credential, options);
    },
    async start(account: string, over: Partial<FunctionAppSpec> = {}) {
      const scratch = over.folder ?? join(folder, `app-${++count}`);
      mkdirSync(scratch, { recursive: true });
      const events = join(scratch, "events.ndjson");
      const app = await startFunctionApp({
        name: "sample",
        folder: scratch,
        packageZip: join(folder, "sample.zip"),
        identity: { endpoint: `${identity.origin}/msi/token`, header: "identity-header-of-the-app" },
        keyVaultReferenceIdentity: "/subscriptions/s/identity",
        ...keys,
        caFile,
        ...over,
        settings: {
          AzureWebJobsStorage__queueServiceUri: `${queue}/${account}`,
          AzureWebJobsStorage__credential: "managedidentity",
          AzureWebJobsStorage__clientId: "11111111-2222-3333-4444-555555555555",
          SAMPLE_SCHEDULE: "0 0 3 1 1 *",
          SAMPLE_FILE: events,
          ...over.settings,
        },
      });
      apps.push(app);
      return { app, scratch, events: () => readEvents(events), log: () => readFileSync(app.logFile, "utf8") };
    },
    async stop(): Promise<void> {
      await Promise.all(apps.map((app) => app.stop()));
      await azurite.stop();
      await identity.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Platform = Awaited<ReturnType<typeof startPlatform>>;

/** Waits until the condition holds. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  milliseconds = 20_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("The condition did not come true in time.");
    await wait(25);
  }
}

/** A message as the host of the sample expects it: base64, the platform's default. */
export function message(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64");
}

function readEvents(file: string): Event[] {
  try {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as Event);
  } catch {
    return [];
  }
}

async function buildSample(folder: string): Promise<string> {
  const built = await build({
    entryPoints: [join(__dirname, "sample-program.ts")],
    bundle: true,
    platform: "node",
    external: ["@azure/functions-core"],
    write: false,
  });
  const host = {
    version: "2.0",
    extensions: {
      queues: { batchSize: 2, newBatchThreshold: 0, maxDequeueCount: 2, visibilityTimeout: "00:00:00" },
    },
  };
  const files = {
    "host.json": Buffer.from(JSON.stringify(host)),
    "package.json": Buffer.from(JSON.stringify({ main: "dist/main.js" })),
    "dist/main.js": built.outputFiles[0]?.contents ?? new Uint8Array(),
  };
  const zip = join(folder, "sample.zip");
  writeFileSync(zip, zipSync(files));
  return zip;
}
