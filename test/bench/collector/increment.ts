/** A hundred changes after a first read: how much the next run costs. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Figures } from "./contract";
import { GraphCalls } from "./graph-calls";
import type { BenchTenant } from "./lab";
import { Race } from "./race";

export interface IncrementResult {
  readonly full: Figures;
  readonly increment: Figures;
}

export async function increment(tenant: BenchTenant): Promise<IncrementResult> {
  await tenant.conditions({ throttling: false, latency: 0 });
  const race = new Race(tenant);
  const folder = join(tenant.root, "increment");
  rmSync(folder, { recursive: true, force: true });
  const full = await race.run("ours", { folder });
  await changeHundred(tenant);
  return { full, increment: await race.run("ours", { folder }) };
}

/** 70 users get another title, 20 enter a group, 10 leave one. */
async function changeHundred(tenant: BenchTenant): Promise<void> {
  const graph = await GraphCalls.signIn(tenant.endpoint, tenant.reader);
  try {
    const ids = async (path: string) =>
      ((await graph.get(path)).value as { id: string }[]).map(({ id }) => id);
    const users = await ids("/users?$select=id&$top=500");
    let renamed = 0;
    for (const id of users)
      if (renamed < 70)
        renamed += await worked(() =>
          graph.call("PATCH", `/users/${id}`, { jobTitle: `Changed ${renamed}` }),
        );
    const groups = await ids("/groups?$select=id&$filter=securityEnabled eq true&$top=200");
    let entered = 0;
    let left = 0;
    for (const group of groups.slice(20)) {
      const members = await ids(`/groups/${group}/members?$select=id&$top=999`);
      const newcomer = users.find((id) => !members.includes(id));
      const [oldest] = members;
      if (left < 10 && oldest !== undefined && members.length > 1) {
        left += await worked(() => graph.call("DELETE", `/groups/${group}/members/${oldest}/$ref`));
      } else if (entered < 20 && newcomer !== undefined) {
        const reference = { "@odata.id": `https://graph.microsoft.com/v1.0/directoryObjects/${newcomer}` };
        entered += await worked(() => graph.post(`/groups/${group}/members/$ref`, reference));
      }
    }
    if (renamed + entered + left < 100)
      throw new Error(`Only ${renamed} users changed, ${entered} entered and ${left} left a group.`);
  } finally {
    await graph.close();
  }
}

/** Some refuse: dynamic groups, and what is synchronized from elsewhere. */
async function worked(change: () => Promise<unknown>): Promise<0 | 1> {
  return change().then(
    () => 1,
    () => 0,
  );
}
