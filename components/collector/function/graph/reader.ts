/** Makes the reader of one connector's tenant. */

import { readBatch } from "./batch/read-batch";
import { chargeOf } from "./budget/costs";
import { Governor, type GovernorOptions, sharedGovernor } from "./budget/governor";
import type { GraphReader } from "./client";
import { Deadline } from "./deadline";
import { Failures, type PermissionOf } from "./failures";
import { Counters, type GraphLog } from "./figures";
import { type GraphCloud, Links } from "./links";
import { readPages } from "./pages";
import { takeParsed } from "./parse";
import { leastPermission } from "./permissions";
import { objectReader } from "./shapes";
import { realTiming, type Timing } from "./timing";
import { type ForgettingCredential, TokenSource } from "./token";
import { Transport } from "./transport";

export interface GraphReaderOptions {
  readonly cloud: GraphCloud;
  readonly credential: ForgettingCredential;
  /** GUID of the tenant that is read. */
  readonly tenantId: string;
  /** Application (client) id: budgets are counted by application and tenant. */
  readonly clientId: string;
  /** Cancels everything. */
  readonly signal?: AbortSignal | undefined;
  /** When the run must have stopped: no request is begun that could not end by then. */
  readonly deadline?: Date | undefined;
  /** Users of the tenant where known: decides the documented budget. */
  readonly tenantUsers?: number | undefined;
  /** Names the permission of a path, where the service's message doesn't. */
  readonly permissionOf?: PermissionOf | undefined;
  /** Hears of retries, throttling and renewed tokens, with request ids. */
  readonly log?: GraphLog | undefined;
  /** Milliseconds that one request may spend waiting; default half an hour. */
  readonly patienceMilliseconds?: number | undefined;
  /** Batches under way at a time; default 4: each may hold 20 pages. */
  readonly parallelBatches?: number | undefined;
  readonly concurrency?: GovernorOptions["concurrency"];
  /** Tests bring their own time; budgets are then this reader's alone. */
  readonly timing?: Timing | undefined;
}

const halfAnHour = 30 * 60_000;

/** A reader of Microsoft Graph; cheap to make, one a run. Readers of the same application and tenant share budgets. */
export function createGraphReader(options: GraphReaderOptions): GraphReader {
  const timing = options.timing ?? realTiming;
  const links = new Links(options.cloud);
  const deadline = new Deadline(options.deadline?.getTime(), options.signal, timing);
  const counters = new Counters();
  const transport = new Transport({
    tokens: new TokenSource(options.credential, `${options.cloud.graph}/.default`, timing),
    governor: governorFor(options),
    deadline,
    timing,
    counters,
    failures: new Failures(options.permissionOf ?? leastPermission),
    log: options.log ?? (() => {}),
    patienceMilliseconds: options.patienceMilliseconds ?? halfAnHour,
  });
  return {
    figures: counters,
    get: (path, schema) => {
      const readObject = objectReader(schema);
      return transport.send({
        method: "GET",
        url: links.absolute(path),
        charges: [chargeOf(links.relative(path).path)],
        read: (bytes) => readObject(takeParsed(bytes)),
      });
    },
    pages: (from, schema) => readPages(transport, links, from, schema),
    batch: (requests, schema) =>
      readBatch({ transport, links, parallel: options.parallelBatches ?? 4 }, requests, schema),
  };
}

function governorFor(options: GraphReaderOptions): Governor {
  const { concurrency, tenantUsers, timing, tenantId, clientId } = options;
  if (timing !== undefined) return new Governor({ concurrency, tenantUsers, timing });
  return sharedGovernor({ graph: options.cloud.graph, tenantId, clientId }, { concurrency, tenantUsers });
}
