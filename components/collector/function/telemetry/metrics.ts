/** What dashboards and alerts are made of, through the OpenTelemetry API. Without an exporter it goes nowhere. */
import type { Attributes, Counter, Histogram, Meter } from "@opentelemetry/api";
import type { StreamStatus } from "../model/status";

interface Instruments {
  readonly runs: Counter;
  readonly records: Counter;
  readonly requests: Counter;
  readonly throttled: Counter;
  readonly seconds: Histogram;
}

/** Figures of runs, kept until there is an exporter to give them to. */
export class RunMetrics {
  private instruments: Instruments | undefined;
  private waiting: StreamStatus[] = [];
  /** By connector and stream, of this instance. */
  private readonly successes = new Map<string, { attributes: Attributes; at: number }>();

  /** The status with which an attempt ended. */
  record(status: StreamStatus): void {
    if (status.lastSuccess !== undefined) {
      const { connector, stream } = status;
      this.successes.set(`${connector}/${stream}`, {
        attributes: { connector, stream },
        at: Date.parse(status.lastSuccess),
      });
    }
    if (this.instruments === undefined) this.waiting.push(status);
    else this.add(this.instruments, status);
  }

  /** From now on figures go to that meter, and first those that waited. */
  use(meter: Meter): void {
    const instruments = createInstruments(meter);
    this.instruments = instruments;
    meter.createObservableGauge("collector.last_success_age", { unit: "s" }).addCallback((gauge) => {
      for (const { attributes, at } of this.successes.values()) {
        gauge.observe((Date.now() - at) / 1000, attributes);
      }
    });
    for (const status of this.waiting.splice(0)) this.add(instruments, status);
  }

  private add(instruments: Instruments, status: StreamStatus): void {
    const { connector, stream, state, problem, run } = status;
    const attributes = { connector, stream };
    instruments.runs.add(1, { ...attributes, state, ...(problem && { problem: problem.code }) });
    if (run === undefined || run.endedAt === undefined) return;
    instruments.records.add(run.records, attributes);
    instruments.requests.add(run.requests, attributes);
    instruments.throttled.add(run.throttled, attributes);
    instruments.seconds.record(run.milliseconds / 1000, { ...attributes, kind: run.kind });
  }
}

/** Names and units as Azure Monitor shows them; the alert rules ask for `collector.runs`. */
function createInstruments(meter: Meter): Instruments {
  return {
    runs: meter.createCounter("collector.runs", { description: "Attempts by how they ended." }),
    records: meter.createCounter("collector.records", { description: "Records written by ended runs." }),
    requests: meter.createCounter("collector.requests", { description: "Requests sent by ended runs." }),
    throttled: meter.createCounter("collector.throttled", { description: "Requests that were throttled." }),
    seconds: meter.createHistogram("collector.run_duration", { unit: "s" }),
  };
}
