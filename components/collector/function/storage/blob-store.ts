/** A store in Azure Blob Storage, reached by identity. What the function app uses. */
import { Readable } from "node:stream";
import type { TokenCredential } from "@azure/identity";
import { containers } from "../model/settings";
import { BlobLease } from "./blob-lease";
import {
  type BlobStore,
  type CollectorStore,
  type Condition,
  ConditionFailedError,
  type ETag,
} from "./store";

/** Longest lease that ends by itself: a dead holder is waited for no longer. */
const leaseSeconds = 60;

export interface BlobStoreOptions {
  /** `https://<account>.blob.core.windows.net`, without trailing slash. */
  readonly blobServiceUri: string;
  readonly credential: TokenCredential;
}

/**
 * Opens the containers `data` and `state` of an account. The client library retries what passes (503, 500, timeouts,
 * resets) four times with growing pauses; its connections are kept alive.
 */
export function openBlobStore(options: BlobStoreOptions): CollectorStore {
  let service: ReturnType<typeof connect> | undefined;
  const container = async (name: string) => {
    service ??= connect(options);
    return (await service).getContainerClient(name);
  };
  return {
    data: new AzureBlobs(() => container(containers.data)),
    state: new AzureBlobs(() => container(containers.state)),
  };
}

/** The library is loaded here, so that a function app that only answers `health` starts without it. */
async function connect({ blobServiceUri, credential }: BlobStoreOptions) {
  const { BlobServiceClient } = await import("@azure/storage-blob");
  return new BlobServiceClient(blobServiceUri, credential, {
    keepAliveOptions: { enable: true },
    retryOptions: { maxTries: 5, retryDelayInMs: 500, maxRetryDelayInMs: 20_000 },
  });
}

type Container = ReturnType<Awaited<ReturnType<typeof connect>>["getContainerClient"]>;

class AzureBlobs implements BlobStore {
  constructor(private readonly container: () => Promise<Container>) {}

  async read(path: string): Promise<{ bytes: Buffer; etag: ETag } | undefined> {
    const answer = await orAbsent((await this.container()).getBlobClient(path).download());
    if (answer?.readableStreamBody === undefined || answer.etag === undefined) return undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of answer.readableStreamBody) chunks.push(Buffer.from(chunk));
    return { bytes: Buffer.concat(chunks), etag: answer.etag };
  }

  async readStream(path: string): Promise<Readable | undefined> {
    const answer = await orAbsent((await this.container()).getBlobClient(path).download());
    return answer?.readableStreamBody && Readable.from(answer.readableStreamBody, { objectMode: false });
  }

  async write(path: string, bytes: Buffer, condition?: Condition): Promise<ETag> {
    const client = (await this.container()).getBlockBlobClient(path);
    try {
      const { etag } = await client.upload(bytes, bytes.length, { conditions: conditions(condition) });
      return etag ?? "";
    } catch (error) {
      if (!hasStatus(error, 409, 412)) throw error;
      throw new ConditionFailedError(`"${path}" was written by somebody else.`);
    }
  }

  async delete(path: string): Promise<void> {
    await orAbsent((await this.container()).getBlobClient(path).delete());
  }

  async *list(prefix: string): AsyncGenerator<string, void, undefined> {
    for await (const { name } of (await this.container()).listBlobsFlat({ prefix })) yield name;
  }

  async lease(path: string): Promise<BlobLease | undefined> {
    const client = (await this.container()).getBlockBlobClient(path);
    const lease = client.getBlobLeaseClient();
    if (await acquired(lease)) return new BlobLease(lease, leaseSeconds);
    await this.write(path, Buffer.alloc(0), { ifAbsent: true }).catch(ignoreCondition);
    return (await acquired(lease)) ? new BlobLease(lease, leaseSeconds) : undefined;
  }

  async isLeased(path: string): Promise<boolean> {
    const properties = await orAbsent((await this.container()).getBlobClient(path).getProperties());
    return properties?.leaseState === "leased";
  }
}

/** False when another holds it, or there is no blob to lease yet. */
async function acquired(lease: { acquireLease(seconds: number): Promise<unknown> }): Promise<boolean> {
  try {
    await lease.acquireLease(leaseSeconds);
    return true;
  } catch (error) {
    if (hasStatus(error, 404, 409)) return false;
    throw error;
  }
}

function conditions(condition: Condition | undefined) {
  if (condition === undefined) return {};
  return "ifMatch" in condition ? { ifMatch: condition.ifMatch } : { ifNoneMatch: "*" };
}

async function orAbsent<Value>(action: Promise<Value>): Promise<Value | undefined> {
  try {
    return await action;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

function hasStatus(error: unknown, ...statuses: number[]): boolean {
  return error instanceof Error && "statusCode" in error && statuses.includes(Number(error.statusCode));
}

function ignoreCondition(error: unknown): void {
  if (!(error instanceof ConditionFailedError)) throw error;
}
