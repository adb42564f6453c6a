import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { MovableClock } from "./clock";
import { ServiceConditions } from "./conditions";
import { Faults } from "./faults";
import { readFileIfThere, writePrivateFile } from "./files";
import { DelayedReplication, type ReplicationDelays } from "./replication";
import { RequestLog } from "./server/request-log";
import { JournalledStore } from "./store";

/** The parts of a tenant that need no server: what its folder holds, opened. */
export interface TenantParts {
  readonly store: JournalledStore;
  readonly clock: MovableClock;
  readonly replication: DelayedReplication;
  readonly faults: Faults;
  readonly conditions: ServiceConditions;
  readonly log: RequestLog;
  readonly adminKey: string;
}

/** Opens the folder's state; the caller has claimed the folder. */
export function openParts(directory: string, delays: ReplicationDelays): TenantParts {
  const store: JournalledStore = new JournalledStore(join(directory, "state"), () => clock.now());
  const clock: MovableClock = new MovableClock(store);
  return {
    store,
    clock,
    replication: new DelayedReplication(store, clock, delays),
    faults: new Faults(store),
    conditions: new ServiceConditions(store),
    log: new RequestLog(directory),
    adminKey: loadAdminKey(directory),
  };
}

function loadAdminKey(directory: string): string {
  const file = join(directory, "admin-key");
  const stored = readFileIfThere(file);
  if (stored !== undefined) return stored.trim();
  const key = randomBytes(32).toString("base64url");
  writePrivateFile(file, key);
  return key;
}
