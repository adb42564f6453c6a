/** Runs of the stream of Exchange over a pretended feed. */
import { GraphError } from "../../../components/collector/function/graph/errors";
import { eventSettings } from "../../../components/collector/function/model/settings";
import { readCommitted, readState } from "../../../components/collector/function/runtime/read-committed";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { exchangeActivity } from "../../../components/collector/function/streams/events";
import { connector, idleGraph } from "../collector-runtime/synthetic";
import type { FakeFeed } from "./fake-feed";
import { day } from "./fake-log";

export const hour = day / 24;
const events = eventSettings.parse({
  nonOwnerMailboxAccess: true,
  serviceAccounts: ["svc-*@contoso.example", "backup.mail@contoso.example"],
});

/** One run of the stream over what the feed has. */
export function run(feed: FakeFeed, store: CollectorStore, activity: FakeFeed | undefined = feed) {
  return runStream({
    stream: exchangeActivity,
    connector: { ...connector, events },
    graph: idleGraph(),
    activity: activity?.activity,
    store,
    now: () => new Date(feed.now),
    savepointMilliseconds: 0,
  });
}

/** A run; a process that died when it was about to start the subscription leaves that to one a quarter of an hour later. */
export async function settled(feed: FakeFeed, store: CollectorStore) {
  const status = await run(feed, store);
  if (!/quarter of an hour/.test(status.problem?.message ?? "")) return status;
  feed.now += 15 * 60_000;
  return run(feed, store);
}

/** Keys of the records of a type that were written, each as often as it was. */
export async function lines(store: CollectorStore, type: string) {
  const found = [];
  for await (const record of readCommitted(store, connector.slug, "exchange-activity")) {
    if (record.type === type) found.push(record.key);
  }
  return found.sort();
}

/** The records of a type as they stand. */
export const living = async (store: CollectorStore, type: string) => [
  ...((await readState(store, connector.slug, "exchange-activity")).get(type)?.values() ?? []),
];

export const failing = (kind: "service" | "malformed", times = Number.POSITIVE_INFINITY) => ({
  error: new GraphError(kind, "The service failed.", { status: 500 }),
  times,
});
