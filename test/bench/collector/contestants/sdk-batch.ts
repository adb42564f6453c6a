/** Microsoft's SDK with `$batch` of 20, four workers. */
import {
  BatchRequestContent,
  BatchResponseContent,
  type Client,
  type PageCollection,
} from "@microsoft/microsoft-graph-client";
import { contest } from "./contestant";
import { type GraphItem, inParallel, readAll } from "./sdk";
import { sdkRun } from "./sdk-run";

const size = 20;

contest((task) =>
  sdkRun(task, async (client, groups, onMember) => {
    const chunks = Array.from({ length: Math.ceil(groups.length / size) }, (_, index) =>
      groups.slice(index * size, (index + 1) * size),
    );
    await inParallel(chunks, 4, (chunk) => readChunk(client, chunk, onMember));
  }),
);

async function readChunk(
  client: Client,
  groups: readonly string[],
  onMember: (group: string, member: GraphItem) => void,
): Promise<void> {
  const steps = groups.map((group) => ({
    id: group,
    request: new Request(`https://graph.microsoft.com/groups/${group}/members?$select=id&$top=999`),
  }));
  const content = await new BatchRequestContent(steps).getContent();
  const response = new BatchResponseContent(await client.api("/$batch").post(content));
  for (const group of groups) {
    const reply = response.getResponseById(group);
    if (reply.status !== 200) throw new Error(`${reply.status} for ${group}`);
    const first = (await reply.json()) as PageCollection;
    await readAll<GraphItem>(client, first, (member) => onMember(group, member));
  }
}
