/** The limit: every request that ours made, by undici with as many connections, nothing parsed, nothing kept. */
import { readFileSync } from "node:fs";
import { Agent, request } from "undici";
import { contest, type SentRequest } from "./contestant";
import { credentialOf } from "./credential";

contest(async (task) => {
  const requests = JSON.parse(readFileSync(task.requestsFile, "utf8")) as SentRequest[];
  const answer = await credentialOf(task).getToken(`${task.graph}/.default`);
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
          authorization: `Bearer ${answer.token}`,
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
