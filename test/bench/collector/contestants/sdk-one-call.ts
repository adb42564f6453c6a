/** Microsoft's SDK, one call a group, four workers. */
import type { PageCollection } from "@microsoft/microsoft-graph-client";
import { contest } from "./contestant";
import { inParallel, readAll } from "./sdk";
import { sdkRun } from "./sdk-run";

contest((task) =>
  sdkRun(task, async (client, groups, onMember) => {
    await inParallel(groups, 4, async (group) => {
      const first: PageCollection = await client.api(`/groups/${group}/members?$select=id&$top=999`).get();
      await readAll(client, first, (member) => onMember(group, member));
    });
  }),
);
