/** The streams of an assessment: what each has, lacks, and what went wrong while it was read. */
import type { StreamName } from "../collector/function/model/stream-names";
import type { LivingRecord } from "../collector/function/runtime/read-living";
import { degradable, type RecordName, streamOf, streamOrder } from "./records";
import type { Lack, StateSource, StreamReading } from "./source";

export class Readings {
  private readonly failed = new Map<StreamName, Lack>();

  private constructor(private readonly streams: ReadonlyMap<StreamName, StreamReading | Lack>) {}

  static async open(source: StateSource): Promise<Readings> {
    const opened = await Promise.all(
      streamOrder.map(async (stream) => {
        const reading = await source.open(stream).catch((error: unknown) => failure(stream, error));
        return [stream, reading] as const;
      }),
    );
    return new Readings(new Map(opened));
  }

  /** Why records of a type are not, or not all, there. */
  lack(type: RecordName): Lack | undefined {
    const stream = streamOf(type);
    const reading = this.streams.get(stream);
    if (reading === undefined || "code" in reading) return reading;
    return (
      this.failed.get(stream) ??
      reading.absent ??
      (degradable[stream] === type ? reading.degraded : undefined)
    );
  }

  /** Hands every record of these types to the visitor. What goes wrong is a lack of the stream from then on. */
  async read(
    stream: StreamName,
    types: ReadonlySet<string>,
    visit: (record: LivingRecord) => void,
  ): Promise<void> {
    const reading = this.streams.get(stream);
    if (reading === undefined || "code" in reading || reading.absent !== undefined) return;
    try {
      for await (const record of reading.records(types)) visit(record);
    } catch (error) {
      this.failed.set(stream, failure(stream, error));
    }
  }

  /** The oldest of the moments at which the streams of these types were last collected wholly. */
  asOf(types: readonly RecordName[]): string | undefined {
    const moments = types.flatMap((type) => {
      const reading = this.streams.get(streamOf(type));
      return reading !== undefined && "records" in reading && reading.asOf !== undefined
        ? [reading.asOf]
        : [];
    });
    return moments.sort()[0];
  }
}

function failure(stream: StreamName, error: unknown): Lack {
  const message = error instanceof Error ? error.message : String(error);
  return { code: "failed", message: `What was collected of ${stream} can't be read: ${message}` };
}
