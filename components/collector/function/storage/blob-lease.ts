/** The lease of a blob, renewed in the background. */
import type { Lease } from "./store";

/** The part of the library's `BlobLeaseClient` that is used once the lease is acquired. */
interface AcquiredLease {
  renewLease(): Promise<unknown>;
  releaseLease(): Promise<unknown>;
}

export class BlobLease implements Lease {
  private readonly lost = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private validUntil: number;

  /** @param client has acquired the lease just now, for that many seconds */
  constructor(
    private readonly client: AcquiredLease,
    private readonly seconds: number,
  ) {
    this.validUntil = Date.now() + seconds * 1000;
    // Three renewals may fail before the lease ends.
    this.timer = setInterval(() => void this.renew(), (seconds * 1000) / 4);
    this.timer.unref();
  }

  get signal(): AbortSignal {
    return this.lost.signal;
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    if (!this.signal.aborted) await this.client.releaseLease();
  }

  private async renew(): Promise<void> {
    const asked = Date.now();
    try {
      await this.client.renewLease();
      this.validUntil = asked + this.seconds * 1000;
    } catch (error) {
      const refused =
        error instanceof Error && "statusCode" in error && [404, 409, 412].includes(Number(error.statusCode));
      if (refused || Date.now() >= this.validUntil) this.lose();
    }
  }

  private lose(): void {
    clearInterval(this.timer);
    this.lost.abort();
  }
}
