/** A tenant of a size in a process of its own, and an application that may read it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SeedSize } from "../../../infra/local/tenant/core/admin";
import { AdminClient, type Endpoint, startTenant, stopTenant } from "../../../infra/local/tenant/process";
import { makeReader, type Reader } from "./application";
import type { Task } from "./contract";

/** How many events, and over how many days until now. */
export interface EventSize {
  readonly signIns?: number;
  readonly exchange?: number;
  /** Contents that the Exchange records come in. */
  readonly blobs?: number;
  readonly days: number;
}

export class BenchTenant {
  private constructor(
    readonly root: string,
    readonly endpoint: Endpoint,
    readonly reader: Reader,
  ) {}

  static async start(seed: SeedSize): Promise<BenchTenant> {
    const root = mkdtempSync(join(tmpdir(), "entra-connectors-bench-"));
    const directory = join(root, "tenant");
    try {
      const { endpoint } = await startTenant({ directory, port: 0, seed, throttling: false, latency: 0 });
      const none = { lists: 0, "token-endpoint": 0, "roles-claim": 0, references: 0, "exchange-roles": 0 };
      await AdminClient.of(directory).call("PUT", "/delays", none);
      const secret = readFileSync(join(directory, "deployer-secret"), "utf8").trim();
      return new BenchTenant(root, endpoint, await makeReader(endpoint, secret));
    } catch (error) {
      rmSync(root, { recursive: true, force: true });
      throw error;
    }
  }

  get directory(): string {
    return join(this.root, "tenant");
  }

  async conditions(conditions: { readonly throttling: boolean; readonly latency: number }): Promise<void> {
    await AdminClient.of(this.directory).call("PUT", "/conditions", conditions);
  }

  /** Replaces the events of all feeds by numbers of them, made when they are read. */
  async seedEvents(size: EventSize): Promise<void> {
    const admin = AdminClient.of(this.directory);
    await admin.call("DELETE", "/logs");
    await admin.call("POST", "/logs", size);
  }

  /** What a contestant is told. */
  task(folder: string, options: Task["options"]): Task {
    const { origin, tenantId } = this.endpoint;
    return {
      origin,
      login: `${origin}/login`,
      graph: `${origin}/graph`,
      manage: `${origin}/manage`,
      tenantId,
      ...this.reader,
      folder,
      requestsFile: join(this.root, "requests.json"),
      options,
    };
  }

  async remove(): Promise<void> {
    await stopTenant({ directory: this.directory });
    rmSync(this.root, { recursive: true, force: true });
  }
}
