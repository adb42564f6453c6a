/** The collector: users and groups with memberships, to a folder of gzip NDJSON with checkpoints. */
import { join } from "node:path";
import { createGraphReader } from "../../../../components/collector/function/graph/reader";
import {
  eventSettings,
  type ServedConnector,
} from "../../../../components/collector/function/model/settings";
import { runStream } from "../../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../../components/collector/function/storage/folder-store";
import { streams } from "../../../../components/collector/function/streams";
import type { Stream } from "../../../../components/collector/function/streams/stream";
import type { Task } from "../contract";
import { contest } from "./contestant";
import { credentialOf } from "./credential";

const counts: Record<string, number> = {};

contest(
  async (task) => {
    const store = await openFolderStore(join(task.folder, "store"));
    const names = String(task.options.streams ?? "users,groups").split(",");
    const credential = credentialOf(task);
    await credential.getToken(`${task.graph}/.default`);
    const startedAt = performance.now();
    const readers = names.map(() =>
      createGraphReader({
        cloud: { graph: task.graph, graphHosts: ["127.0.0.1"] },
        credential,
        tenantId: task.tenantId,
        clientId: task.clientId,
      }),
    );
    await Promise.all(
      names.map(async (name, index) => {
        const stream = Object.values(streams).find((known) => known.name === name);
        const graph = readers[index];
        if (stream === undefined || graph === undefined) throw new Error(`There is no stream ${name}.`);
        const status = await runStream({
          stream: counted(stream),
          connector: connectorOf(task),
          graph,
          store,
        });
        if (status.state !== "connected") throw new Error(`${name}: ${JSON.stringify(status)}`);
      }),
    );
    const syncSeconds = (performance.now() - startedAt) / 1000;
    const sum = (of: (index: number) => number) => readers.reduce((total, _, index) => total + of(index), 0);
    return {
      syncSeconds,
      bytes: sum((index) => readers[index]?.figures.bytes ?? 0),
      throttled: sum((index) => readers[index]?.figures.throttled ?? 0),
      users: counts.user ?? 0,
      groups: counts.group ?? 0,
      memberships: counts.groupMember ?? 0,
    };
  },
  { keepRequests: true },
);

/** The stream, its records counted on the way. */
function counted(stream: Stream): Stream {
  return {
    ...stream,
    async *collect(context) {
      const steps = stream.collect(context);
      for (;;) {
        const step = await steps.next();
        if (step.done === true) return step.value;
        if (step.value.kind === "records")
          for (const { type } of step.value.changes) counts[type] = (counts[type] ?? 0) + 1;
        yield step.value;
      }
    },
  };
}

function connectorOf(task: Task): ServedConnector {
  return {
    slug: "bench",
    name: "Bench",
    tenantId: task.tenantId,
    clientId: task.clientId,
    cloud: {
      name: "bench",
      login: task.login,
      graph: task.graph,
      federatedAudience: "",
      instanceDiscovery: false,
      graphHosts: ["127.0.0.1"],
    },
    credential: { kind: "federated" },
    streams: ["users", "groups"],
    filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
    signInActivity: false,
    events: eventSettings.parse({}),
  };
}
