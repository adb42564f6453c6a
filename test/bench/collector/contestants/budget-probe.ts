/**
 * Nothing but request units: members of every group, direct and nested, again and again, through the collector's Graph
 * client, until the tenant's budget is what decides the time.
 */
import { z } from "zod";
import { createGraphReader } from "../../../../components/collector/function/graph/reader";
import { contest } from "./contestant";
import { credentialOf } from "./credential";

const item = z.object({ id: z.string() });

contest(
  async (task) => {
    const graph = createGraphReader({
      cloud: { graph: task.graph, graphHosts: ["127.0.0.1"] },
      credential: credentialOf(task),
      tenantId: task.tenantId,
      clientId: task.clientId,
    });
    const groups: string[] = [];
    for await (const page of graph.pages("/groups?$select=id&$top=999", item))
      groups.push(...page.items.map(({ id }) => id));
    let memberships = 0;
    for (let round = 0; round < Number(task.options.rounds); round++) {
      const requests = groups.flatMap((id) => [
        { id: `direct ${id}`, path: `/groups/${id}/members` },
        { id: `nested ${id}`, path: `/groups/${id}/transitiveMembers` },
      ]);
      for await (const { page, error } of graph.batch(requests, item)) {
        if (page === undefined) throw error ?? new Error("No answer.");
        memberships += page.items.length;
      }
    }
    const { bytes, throttled } = graph.figures;
    return { bytes, throttled, users: 0, groups: groups.length, memberships };
  },
  { keepRequests: true },
);
