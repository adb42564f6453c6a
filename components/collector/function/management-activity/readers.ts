/** The readers that a run of a connector's stream works with. */
import type { GraphReader } from "../graph/client";
import type { GraphLog } from "../graph/figures";
import { createGraphReader } from "../graph/reader";
import { preparePool } from "../graph/send-once";
import type { ForgettingCredential } from "../graph/token";
import type { ServedConnector } from "../model/settings";
import type { ActivityReader } from "./client";
import { createActivityReader } from "./reader";

export interface ReadersOptions {
  readonly connector: ServedConnector;
  readonly credential: ForgettingCredential;
  readonly signal?: AbortSignal | undefined;
  /** When the run must have stopped. */
  readonly deadline?: Date | undefined;
  readonly log?: GraphLog | undefined;
}

export interface Readers {
  readonly graph: GraphReader;
  /** Undefined where the connector's cloud has no feed of Office 365 events. */
  readonly activity: ActivityReader | undefined;
}

/** Cheap to make, one pair a run; nothing is asked before a stream asks. */
export function openReaders({ connector, ...options }: ReadersOptions): Readers {
  const { cloud, tenantId, clientId, events } = connector;
  const root = cloud.o365Management;
  preparePool();
  return {
    graph: createGraphReader({ ...options, cloud, tenantId, clientId }),
    activity:
      root === undefined
        ? undefined
        : createActivityReader({
            ...options,
            root,
            tenantId,
            publisherIdentifier: events.publisherIdentifier,
          }),
  };
}
