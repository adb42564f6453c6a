/** Users, groups, then each group's members, in one of two ways. */
import type { Client, PageCollection } from "@microsoft/microsoft-graph-client";
import type { Task } from "../contract";
import type { OwnFigures } from "./contestant";
import { type GraphItem, Output, readAll, sdkClient } from "./sdk";

export type ReadMembers = (
  client: Client,
  groups: readonly string[],
  onMember: (group: string, member: GraphItem) => void,
) => Promise<void>;

export async function sdkRun(task: Task, readMembers: ReadMembers): Promise<OwnFigures> {
  const client = sdkClient(task);
  const { usersPath, groupsPath } = task.options;
  const written = async (path: string, name: string): Promise<readonly string[]> => {
    const output = new Output(task.folder, name);
    const ids: string[] = [];
    const first: PageCollection = await client.api(path).get();
    await readAll(client, first, (item) => {
      ids.push(item.id);
      output.write(item);
    });
    await output.end();
    return ids;
  };
  const [users, groups] = await Promise.all([
    written(String(usersPath), "users"),
    written(String(groupsPath), "groups"),
  ]);
  const output = new Output(task.folder, "memberships");
  let memberships = 0;
  await readMembers(client, groups, (group, member) => {
    memberships++;
    output.write({ group, member: member.id });
  });
  await output.end();
  return { bytes: 0, users: users.length, groups: groups.length, memberships };
}
