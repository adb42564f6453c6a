/**
 * Makes a collector's store by real runs: a tenant is seeded in this process and every stream that a report reads is
 * collected from its Graph into a folder. BENCH_TASK says into which; the last line on standard output is the result.
 */
import { eventSettings } from "../../../components/collector/function/model/settings";
import { runStream } from "../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import { streams } from "../../../components/collector/function/streams";
import { streamOrder } from "../../../components/state/records";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { feedsOf } from "../../../infra/local/tenant/feeds";
import { connector } from "../../unit/collector-runtime/synthetic";
import { readEverything } from "../../unit/collector-streams/permissions";
import { tenantReader } from "../../unit/collector-streams/tenant-reader";
import { graphClient } from "../../unit/graph/graph-client";
import { finish, task } from "./child";

const kinds = ["interactive", "nonInteractive", "servicePrincipal", "managedIdentity"];
const days = 25 * 86_400_000;

async function collect(): Promise<void> {
  const { folder, users, groups, events } = task;
  const client = await graphClient(readEverything);
  const { tenant } = client;
  await seedDirectory(tenant, { users, groups, seed: 1 });
  const now = tenant.clock.now();
  const feeds = feedsOf(tenant.store, openDirectory(tenant.store));
  const { signIns = 0, directoryAudits = 0 } = feeds.counts();
  feeds.seed({
    signIns: Math.max(0, events - signIns),
    audits: Math.max(0, events - directoryAudits),
    from: now - days,
    to: now,
    seed: 2,
  });
  const store = openFolderStore(folder);
  let records = 0;
  for (const name of [...streamOrder, "sign-ins", "directory-audits"] as const) {
    const status = await runStream({
      stream: streams[name],
      connector: { ...connector, signInActivity: true, events: eventSettings.parse({ signIns: { kinds } }) },
      graph: tenantReader(client),
      store,
      now: () => new Date(now),
    });
    if (status.state !== "connected") {
      throw new Error(`${name} is ${status.state}: ${status.problem?.message}`);
    }
    records += status.run?.records ?? 0;
    process.stderr.write(`  ${name}: ${status.run?.records ?? 0} records\n`);
  }
  tenant.close();
  finish({ records });
}

void collect();
