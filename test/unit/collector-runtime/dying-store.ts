/** A store whose process dies: at the n-th write, before or after it took effect, and from then on for good. */
import type {
  BlobStore,
  CollectorStore,
  Condition,
  Lease,
} from "../../../components/collector/function/storage/store";

/** What every call of a dead process comes to. */
class DeadError extends Error {
  override readonly name = "DeadError";
}

/** When the process dies; counts writes and deletes of both containers. */
export interface Death {
  readonly at: number;
  /** The write at which it dies still reaches the store. */
  readonly after: boolean;
}

/** @returns the store, and a function that frees the lease as its end by time would */
export function dyingStore(store: CollectorStore, death: Death) {
  const life = { left: death.at, dead: false, leases: [] as Lease[] };
  const wrap = (blobs: BlobStore): BlobStore => new DyingBlobs(blobs, life, death.after);
  return {
    store: { data: wrap(store.data), state: wrap(store.state) },
    bury: async () => {
      life.dead = true;
      for (const lease of life.leases) await lease.release();
    },
    get died() {
      return life.dead;
    },
  };
}

class DyingBlobs implements BlobStore {
  constructor(
    private readonly blobs: BlobStore,
    private readonly life: { left: number; dead: boolean; leases: Lease[] },
    private readonly after: boolean,
  ) {}

  async read(path: string) {
    this.alive();
    return this.blobs.read(path);
  }

  async readStream(path: string) {
    this.alive();
    return this.blobs.readStream(path);
  }

  write(path: string, bytes: Buffer, condition?: Condition) {
    return this.change(() => this.blobs.write(path, bytes, condition));
  }

  delete(path: string) {
    return this.change(() => this.blobs.delete(path));
  }

  async *list(prefix: string) {
    this.alive();
    yield* this.blobs.list(prefix);
  }

  async lease(path: string): Promise<Lease | undefined> {
    this.alive();
    const lease = await this.blobs.lease(path);
    if (lease === undefined) return undefined;
    this.life.leases.push(lease);
    const { life } = this;
    return {
      signal: lease.signal,
      // The dead release nothing: the lease ends by time.
      release: async () => {
        if (!life.dead) await lease.release();
      },
    };
  }

  async isLeased(path: string) {
    this.alive();
    return this.blobs.isLeased(path);
  }

  private async change<Result>(action: () => Promise<Result>): Promise<Result> {
    this.alive();
    const last = this.life.left-- === 0;
    if (last) {
      this.life.dead = true;
      if (!this.after) throw new DeadError();
    }
    const result = await action();
    if (this.life.dead) throw new DeadError();
    return result;
  }

  private alive(): void {
    if (this.life.dead) throw new DeadError();
  }
}
