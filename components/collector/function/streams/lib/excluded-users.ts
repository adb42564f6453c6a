/** Service accounts that a connector leaves out: the users in certain groups, through nested groups too. */
import { z } from "zod";
import type { GraphReader } from "../../graph/client";
import { GraphError } from "../../graph/errors";
import { ConfigurationError } from "../configuration-error";
import { relatedObjectSchema, typeName } from "./shape";

const namedGroupSchema = z.object({ id: z.string(), displayName: z.string() });

/** Ids of the users that are members of the named groups. @throws ConfigurationError, GraphError */
export async function excludedUsers(
  graph: GraphReader,
  groupNames: readonly string[],
): Promise<ReadonlySet<string>> {
  const excluded = new Set<string>();
  try {
    for (const name of [...new Set(groupNames)].sort()) {
      const group = await groupNamed(graph, name);
      const members = `/groups/${group}/transitiveMembers?$select=id&$top=999`;
      for await (const page of graph.pages(members, relatedObjectSchema)) {
        for (const member of page.items) if (typeName(member) === "user") excluded.add(member.id);
      }
    }
  } catch (error) {
    throw explained(error);
  }
  return excluded;
}

async function groupNamed(graph: GraphReader, name: string): Promise<string> {
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
  const found: string[] = [];
  const path = `/groups?$filter=${filter}&$select=id,displayName&$top=999`;
  for await (const page of graph.pages(path, namedGroupSchema)) found.push(...page.items.map(({ id }) => id));
  const [group, another] = found;
  if (group === undefined) {
    throw new ConfigurationError(
      `No group is named "${name}", so nobody knows which service accounts to leave out; nothing is collected.`,
      "Correct excludedServiceAccountGroups in the stack's settings, or create the group.",
    );
  }
  if (another !== undefined) {
    throw new ConfigurationError(
      `${found.length} groups are named "${name}", so nobody knows whose members to leave out; nothing is collected.`,
      "Rename all but one of them, or name another group in excludedServiceAccountGroups.",
    );
  }
  return group;
}

/** A refusal here is about groups although the stream may be about users: the message says why groups are read. */
function explained(error: unknown): unknown {
  if (!(error instanceof GraphError) || error.kind !== "forbidden") return error;
  const permission = error.details.permission ?? "GroupMember.Read.All";
  return new GraphError(
    "forbidden",
    `The groups of excludedServiceAccountGroups can't be read without ${permission}, so nobody knows which users to leave out.`,
    { ...error.details, permission, cause: error },
  );
}
