/** What a tenant started ends with it, also when it is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTenant, stopTenant } from "../../../infra/local/tenant/process";
import { ArmOf } from "./arm-of";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "tenant-orphans-"));
});
afterAll(async () => {
  await stopTenant({ directory });
  rmSync(directory, { recursive: true });
});

/** Ids of processes that name the folder in their command line. */
function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8").includes(directory);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!done() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
}

test.skipIf(process.platform !== "linux")(
  "the storage emulator ends with a tenant that is killed, and has its data",
  async () => {
    const seed = { users: 5, groups: 1, seed: 1 };
    const { endpoint } = await startTenant({ directory, port: 0, seed });
    const arm = new ArmOf({ endpoint, directory });
    await arm.call("PUT", arm.group, "2024-03-01", { location: "westeurope" });
    const account = `${arm.group}/providers/Microsoft.Storage/storageAccounts/storphan`;
    const shape = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    await arm.make(account, "2024-01-01", shape);
    const container = `${account}/blobServices/default/containers/data`;
    await arm.make(container, "2024-01-01", {});
    expect(processes()).toHaveLength(2);
    process.kill(endpoint.pid, "SIGKILL");
    await until(() => processes().length === 0);
    expect(processes()).toEqual([]);
    const again = await startTenant({ directory, port: 0 });
    const after = new ArmOf({ endpoint: again.endpoint, directory });
    expect((await after.call("GET", container, "2024-01-01")).status).toBe(200);
  },
);
