/** Sends metrics to Application Insights by the app's managed identity. Loaded after the first run. */
import type { Meter } from "@opentelemetry/api";

const exportMilliseconds = 60_000;

export interface MeterProvider {
  readonly meter: Meter;
  /** Sends what is collected. */
  flush(): Promise<void>;
}

/** Loads the exporter and registers it; two megabytes of code that no start should wait for. */
export async function startExporter(
  connectionString: string,
  identityClientId: string,
): Promise<MeterProvider> {
  const [{ metrics }, sdk, { AzureMonitorMetricExporter }, { ManagedIdentityCredential }] = await Promise.all(
    [
      import("@opentelemetry/api"),
      import("@opentelemetry/sdk-metrics"),
      import("@azure/monitor-opentelemetry-exporter"),
      import("@azure/identity"),
    ],
  );
  const exporter = new AzureMonitorMetricExporter({
    connectionString,
    credential: new ManagedIdentityCredential({ clientId: identityClientId }),
  });
  const provider = new sdk.MeterProvider({
    readers: [new sdk.PeriodicExportingMetricReader({ exporter, exportIntervalMillis: exportMilliseconds })],
  });
  metrics.setGlobalMeterProvider(provider);
  return { meter: metrics.getMeter("entra-connectors"), flush: () => provider.forceFlush() };
}
