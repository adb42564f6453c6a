/** Makes work items, at most one a stream that waits or runs unless somebody asked. */
import type { StreamStatus } from "../model/status";
import type { WorkItem } from "../model/work-item";
import { statePaths } from "../runtime/paths";
import { isUnderWay } from "../runtime/standing";
import { readStatus } from "../runtime/stream-documents";
import type { CollectorStore } from "../storage/store";
import type { Selected } from "./selection";

const together = 8;

export interface EnqueueRequest {
  readonly reason: WorkItem["reason"];
  readonly resync: boolean;
  readonly now: Date;
}

/** Marks each stream as queued. @returns the messages to send */
export async function workItems(
  store: CollectorStore,
  selected: readonly Selected[],
  request: EnqueueRequest,
): Promise<WorkItem[]> {
  const items: WorkItem[] = [];
  const waiting = selected.values();
  const worker = async () => {
    for (const one of waiting) {
      const item = await workItem(store, one, request);
      if (item !== undefined) items.push(item);
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  const order = (item: Selected) =>
    selected.findIndex(({ connector, stream }) => connector === item.connector && stream === item.stream);
  return items.sort((a, b) => order(a) - order(b));
}

async function workItem(
  store: CollectorStore,
  { connector, stream }: Selected,
  { reason, resync, now }: EnqueueRequest,
): Promise<WorkItem | undefined> {
  const status = await readStatus(store.state, connector, stream);
  const underWay = status !== undefined && isUnderWay(status, now);
  if (underWay && reason === "schedule") return undefined;
  // A run that is under way keeps its status: who asked finds it syncing.
  if (!underWay) {
    const { problem: _, ...before } = status ?? { connector, stream };
    const queued: StreamStatus = { ...before, state: "queued", updatedAt: now.toISOString() };
    await store.state.write(statePaths(connector, stream).status, Buffer.from(JSON.stringify(queued)));
  }
  return { version: 1, connector, stream, resync, reason, requestedAt: now.toISOString() };
}
