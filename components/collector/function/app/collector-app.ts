/** What the functions of one app share: settings, the store, metrics, the signal that the app is being stopped. */
import type { CollectorSettings } from "../model/settings";
import type { CollectorStore } from "../storage/store";
import { RunMetrics } from "../telemetry/metrics";
import type { Configuration } from "./configuration";

const connectionStringName = "APPLICATIONINSIGHTS_CONNECTION_STRING";

/** A function was called although the app's settings are of no use. The message says what is wrong. */
class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

export class CollectorApp {
  readonly metrics = new RunMetrics();
  private readonly stopping = new AbortController();
  private opened: Promise<CollectorStore> | undefined;
  private exporter: Promise<() => Promise<void>> | undefined;

  constructor(
    readonly configuration: Configuration,
    readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  /** @throws ConfigurationError */
  get settings(): CollectorSettings {
    const { settings, problem } = this.configuration;
    if (settings === undefined) throw new ConfigurationError(`${problem.message} ${problem.next}`);
    return settings;
  }

  /** Aborts when the platform stops this instance. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** The app's storage account, by its managed identity. */
  store(): Promise<CollectorStore> {
    this.opened ??= openStore(this.settings);
    return this.opened;
  }

  /** Begins to send metrics, once, where the app has somewhere to send them. Never fails a run. */
  async exportMetrics(onFailure: (message: string) => void): Promise<void> {
    const connectionString = this.environment[connectionStringName];
    if (connectionString === undefined || connectionString === "") return;
    try {
      this.exporter ??= this.startExporter(connectionString);
      await this.exporter;
    } catch (error) {
      onFailure(error instanceof Error ? error.message : String(error));
    }
  }

  /** The instance is being stopped: runs end at their savepoints, metrics are sent. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const flush = await this.exporter?.catch(() => undefined);
    await flush?.().catch(() => undefined);
  }

  private async startExporter(connectionString: string): Promise<() => Promise<void>> {
    const { startExporter } = await import("../telemetry/exporter.js");
    const { meter, flush } = await startExporter(connectionString, this.settings.identityClientId);
    this.metrics.use(meter);
    return flush;
  }
}

async function openStore({ storage, identityClientId }: CollectorSettings): Promise<CollectorStore> {
  const [{ openBlobStore }, { ManagedIdentityCredential }] = await Promise.all([
    import("../storage/blob-store.js"),
    import("@azure/identity"),
  ]);
  const credential = new ManagedIdentityCredential({ clientId: identityClientId });
  return openBlobStore({ blobServiceUri: storage.blobServiceUri, credential });
}
