/** The limit: every request that ours made, by undici with as many connections, nothing parsed, nothing kept. */
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import { contest, type SentRequest } from "./contestant";
import { credentialOf } from "./credential";

contest(async (task) => {
  const requests = (JSON.parse(readFileSync(task.requestsFile, "utf8")) as SentRequest[]).filter(isRead);
  const credential = credentialOf(task);
  const tokens = new Map<string, string>();
  for (const root of [task.graph, task.manage]) {
    if (!requests.some(({ path }) => isBelow(task.origin, root, path))) continue;
    tokens.set(root, (await credential.getToken(`${root}/.default`)).token);
  }
  const tokenFor = (path: string) => [...tokens].find(([root]) => isBelow(task.origin, root, path))?.[1];
  const workers = Number(task.options.workers ?? 6);
  const dispatcher = new Agent({ connections: workers });
  let next = 0;
  let bytes = 0;
  const work = async () => {
    for (;;) {
      const sent = requests[next++];
      if (sent === undefined) return;
      const reply = await request(`${task.origin}${sent.path}`, {
        dispatcher,
        method: sent.method as "GET",
        headers: {
          authorization: `Bearer ${tokenFor(sent.path)}`,
          ...(/\/\$count$/.test(sent.path) && { consistencylevel: "eventual" }),
          ...(sent.body && { "content-type": "application/json" }),
        },
        ...(sent.body && { body: sent.body }),
      });
      for await (const part of reply.body) bytes += (part as Buffer).length;
      if (reply.statusCode !== 200) throw new Error(`${reply.statusCode} to ${sent.path}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { bytes, users: 0, groups: 0, memberships: 0 };
});

/** All but the start of a subscription, which happens once. */
function isRead({ method, path }: SentRequest): boolean {
  return method === "GET" || path.endsWith("/$batch");
}

function isBelow(origin: string, root: string, path: string): boolean {
  return `${origin}${path}`.startsWith(`${root}/`);
}
