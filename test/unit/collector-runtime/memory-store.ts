/** A store in memory, as strict with conditions and leases as Blob Storage. */
import { Readable } from "node:stream";
import {
  type BlobStore,
  type CollectorStore,
  type Condition,
  ConditionFailedError,
  type Lease,
} from "../../../components/collector/function/storage/store";

export function memoryStore(): CollectorStore {
  return { data: new MemoryBlobs(), state: new MemoryBlobs() };
}

class MemoryBlobs implements BlobStore {
  private readonly blobs = new Map<string, { bytes: Buffer; etag: string }>();
  private readonly leases = new Set<string>();
  private writes = 0;

  async read(path: string) {
    return this.blobs.get(path);
  }

  async readStream(path: string) {
    const blob = this.blobs.get(path);
    return blob && Readable.from([blob.bytes], { objectMode: false });
  }

  async write(path: string, bytes: Buffer, condition?: Condition) {
    const there = this.blobs.get(path);
    const refused =
      condition !== undefined &&
      ("ifMatch" in condition ? there?.etag !== condition.ifMatch : there !== undefined);
    if (refused) throw new ConditionFailedError(path);
    const etag = `"${++this.writes}"`;
    this.blobs.set(path, { bytes: Buffer.from(bytes), etag });
    return etag;
  }

  async delete(path: string) {
    this.blobs.delete(path);
  }

  async *list(prefix: string) {
    yield* [...this.blobs.keys()].filter((path) => path.startsWith(prefix)).sort();
  }

  async lease(path: string): Promise<Lease | undefined> {
    if (this.leases.has(path)) return undefined;
    this.leases.add(path);
    return {
      signal: new AbortController().signal,
      release: async () => void this.leases.delete(path),
    };
  }

  async isLeased(path: string) {
    return this.leases.has(path);
  }
}
