/** The committed state of a connector in a collector's store. */
import type { Problem, StreamStatus } from "../collector/function/model/status";
import type { StreamName } from "../collector/function/model/stream-names";
import { readCommit } from "../collector/function/runtime/read-committed";
import { readLiving } from "../collector/function/runtime/read-living";
import { readStatus } from "../collector/function/runtime/stream-documents";
import type { CollectorStore } from "../collector/function/storage/store";
import type { ReasonCode } from "./assessment";
import type { Lack, StateSource, StreamReading } from "./source";

/** Reads what a connector has collected, and why it lacks what it lacks. */
export function collectedState(store: CollectorStore, connector: string): StateSource {
  return { connector, open: (stream) => open(store, connector, stream) };
}

async function open(store: CollectorStore, connector: string, stream: StreamName): Promise<StreamReading> {
  const [commit, status] = await Promise.all([
    readCommit(store, connector, stream),
    readStatus(store.state, connector, stream),
  ]);
  const records = (types: ReadonlySet<string>) => readLiving(store, connector, stream, types);
  if (commit === undefined) return { absent: absence(stream, status), records };
  return {
    asOf: status?.lastSuccess ?? commit.committedAt,
    ...(status?.state === "degraded" && status.problem && { degraded: lackOf(stream, status.problem) }),
    records,
  };
}

function absence(stream: StreamName, status: StreamStatus | undefined): Lack {
  if (status?.problem !== undefined) return lackOf(stream, status.problem);
  const message =
    status === undefined
      ? `The stream ${stream} is not collected. Switch it on in the connector's settings: state of Netwrix 1Secure, or collect of the own collector.`
      : `The stream ${stream} has not been collected to its end yet. Wait for its first run.`;
  return { code: "stream-missing", message };
}

const codes: Partial<Record<Problem["code"], ReasonCode>> = {
  "permission-missing": "permission-missing",
  "consent-revoked": "permission-missing",
  "license-missing": "license-missing",
  "not-offered": "license-missing",
};

function lackOf(stream: StreamName, { code, message, next }: Problem): Lack {
  return { code: codes[code] ?? "stream-missing", message: `${stream}: ${message} ${next}` };
}
