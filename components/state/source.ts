/** Where the state of a tenant comes from. */
import type { StreamName } from "../collector/function/model/stream-names";
import type { LivingRecord } from "../collector/function/runtime/read-living";
import type { ReasonCode } from "./assessment";

/** Why something can't be read. */
export interface Lack {
  readonly code: ReasonCode;
  /** One or two sentences: what is missing, and what to do. */
  readonly message: string;
}

/** What was collected of one stream. */
export interface StreamReading {
  /** Set: nothing was collected. */
  readonly absent?: Lack;
  /** Set: what the stream could not have; its other records are there. */
  readonly degraded?: Lack;
  /** When it was last collected wholly, ISO date-time. */
  readonly asOf?: string;
  /** Every living record of these types once, in any order; never all in memory. */
  records(types: ReadonlySet<string>): AsyncIterable<LivingRecord>;
}

/** The state of one tenant as one connector collected it. */
export interface StateSource {
  readonly connector: string;
  open(stream: StreamName): Promise<StreamReading>;
}
