/** Collects streams in a process of its own, so that it can be killed. Its task is in env COLLECT_TASK. */
import { ClientSecretCredential } from "@azure/identity";
import { z } from "zod";
import { createGraphReader } from "../../../components/collector/function/graph/reader";
import { createActivityReader } from "../../../components/collector/function/management-activity/reader";
import type { ServedConnector } from "../../../components/collector/function/model/settings";
import { streamNames } from "../../../components/collector/function/model/stream-names";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import type { BlobStore } from "../../../components/collector/function/storage/store";
import { streams } from "../../../components/collector/function/streams";

const taskSchema = z.object({
  connector: z.custom<ServedConnector>(),
  secret: z.string(),
  folder: z.string(),
  streams: z.array(z.enum(streamNames)),
  /** Root of the feed of Office 365 events. */
  activityRoot: z.string(),
  /** Milliseconds by which the tenant's clock is ahead. */
  ahead: z.number(),
  /** The write, counted from 1, at which the process is killed; 0: never. */
  killAtWrite: z.number(),
  /** Whether that write still happens. */
  afterWrite: z.boolean(),
});

const task = taskSchema.parse(JSON.parse(process.env.COLLECT_TASK ?? "{}"));
let writes = 0;

/** No exit handler, no finally, no flush: as when the platform takes an instance away. */
function die(): void {
  process.kill(process.pid, "SIGKILL");
}

function mortal(store: BlobStore): BlobStore {
  return {
    read: (path) => store.read(path),
    readStream: (path) => store.readStream(path),
    delete: (path) => store.delete(path),
    list: (prefix) => store.list(prefix),
    lease: (path) => store.lease(path),
    isLeased: (path) => store.isLeased(path),
    async write(path, bytes, condition) {
      writes++;
      if (writes === task.killAtWrite && !task.afterWrite) die();
      const etag = await store.write(path, bytes, condition);
      if (writes === task.killAtWrite) die();
      return etag;
    },
  };
}

async function main(): Promise<void> {
  const { connector, secret, folder, activityRoot, ahead } = task;
  const { data, state } = openFolderStore(folder);
  const states: string[] = [];
  const { tenantId, clientId, cloud } = connector;
  const credential = new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: cloud.login,
    disableInstanceDiscovery: true,
  });
  for (const name of task.streams) {
    const status = await runStream({
      stream: streams[name],
      connector,
      store: { data: mortal(data), state: mortal(state) },
      savepointMilliseconds: 0,
      now: () => new Date(Date.now() + ahead),
      graph: createGraphReader({ cloud, credential, tenantId, clientId }),
      activity: createActivityReader({ root: activityRoot, credential, tenantId }),
    });
    states.push(status.state);
  }
  process.stdout.write(`${JSON.stringify({ states, writes })}\n`);
}

void main();
