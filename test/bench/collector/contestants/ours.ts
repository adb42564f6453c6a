/** The collector: users and groups with memberships, or other streams, to a folder of gzip NDJSON with checkpoints. */
import { join } from "node:path";
import type { GraphFigures } from "../../../../components/collector/function/graph/client";
import { openReaders } from "../../../../components/collector/function/management-activity/readers";
import {
  eventSettings,
  type ServedConnector,
  signInKinds,
} from "../../../../components/collector/function/model/settings";
import { runStream } from "../../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../../components/collector/function/storage/folder-store";
import { streams } from "../../../../components/collector/function/streams";
import type { Stream } from "../../../../components/collector/function/streams/stream";
import type { Task } from "../contract";
import { contest } from "./contestant";
import { credentialOf } from "./credential";

const counts: Record<string, number> = {};
const ofEvents: ReadonlySet<string> = new Set(["sign-ins", "exchange-activity"]);

contest(
  async (task) => {
    const store = await openFolderStore(join(task.folder, "store"));
    const names = String(task.options.streams ?? "users,groups").split(",");
    const credential = credentialOf(task);
    const connector = connectorOf(task);
    const runs = names.map((name) => ({ name, readers: openReaders({ connector, credential }) }));
    await credential.getToken(`${task.graph}/.default`);
    const startedAt = performance.now();
    const figures: GraphFigures[] = [];
    let events = 0;
    await Promise.all(
      runs.map(async ({ name, readers }) => {
        const stream = Object.values(streams).find((known) => known.name === name);
        if (stream === undefined) throw new Error(`There is no stream ${name}.`);
        figures.push(
          readers.graph.figures,
          ...(readers.activity === undefined ? [] : [readers.activity.figures]),
        );
        const status = await runStream({ stream: counted(stream), connector, store, ...readers });
        if (ofEvents.has(name)) events += status.run?.records ?? 0;
        if (status.state !== "connected") throw new Error(`${name}: ${JSON.stringify(status)}`);
      }),
    );
    const syncSeconds = (performance.now() - startedAt) / 1000;
    const sum = (of: (one: GraphFigures) => number) => figures.reduce((total, one) => total + of(one), 0);
    return {
      syncSeconds,
      bytes: sum(({ bytes }) => bytes),
      throttled: sum(({ throttled }) => throttled),
      users: counts.user ?? 0,
      groups: counts.group ?? 0,
      memberships: counts.groupMember ?? 0,
      events,
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
      o365Management: task.manage,
      federatedAudience: "",
      instanceDiscovery: false,
      graphHosts: ["127.0.0.1"],
    },
    credential: { kind: "federated" },
    streams: ["users", "groups", "sign-ins", "exchange-activity"],
    filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
    signInActivity: false,
    events: eventSettings.parse({ signIns: { kinds: signInKinds } }),
  };
}
