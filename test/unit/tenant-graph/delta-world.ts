import type { User } from "../../../infra/local/tenant/directory/model";
import { type Directory, openDirectory } from "../../../infra/local/tenant/directory/open";
import { type GraphClient, graphClient } from "../graph/graph-client";

/** Enough to read and change everything that the tests of delta queries touch. */
export const roles = [
  "User.ReadWrite.All",
  "Group.ReadWrite.All",
  "Directory.Read.All",
  "User.DeleteRestore.All",
  "Application.ReadWrite.All",
];

/** An id that says what it is for. */
export const guid = (number: number, kind = 1): string =>
  `${String(kind).padStart(8, "0")}-0000-4000-8000-${String(number).padStart(12, "0")}`;

export const idsOf = (objects: readonly { readonly id: string }[]): string[] => objects.map(({ id }) => id);

/** A directory that is written to directly, and a client that reads it by Graph. */
export interface DeltaWorld {
  readonly client: GraphClient;
  readonly directory: Directory;
  addUser(number: number, extra?: Partial<User>): User;
  /** Answers the group's id. */
  addGroup(number: number, members: readonly string[], owners?: readonly string[]): string;
}

/** An empty directory at a fixed moment. */
export async function deltaWorld(): Promise<DeltaWorld> {
  const client = await graphClient(roles, { now: new Date("2026-03-01T12:00:00Z") });
  const directory = openDirectory(client.tenant.store);
  return {
    client,
    directory,
    addUser: (number, extra = {}) => addUser(directory, number, extra),
    addGroup: (number, members, owners = []) => addGroup(directory, number, members, owners),
  };
}

function addUser(directory: Directory, number: number, extra: Partial<User>): User {
  return directory.users.put({
    id: guid(number),
    userPrincipalName: `user${number}@contoso.example`,
    displayName: `User ${number}`,
    mail: null,
    accountEnabled: true,
    userType: "Member",
    createdDateTime: "2026-01-01T00:00:00Z",
    managerId: null,
    assignedLicenses: [],
    properties: {},
    ...extra,
  });
}

function addGroup(
  directory: Directory,
  number: number,
  members: readonly string[],
  owners: readonly string[],
): string {
  const id = guid(number, 2);
  directory.groups.put({
    id,
    displayName: `Group ${number}`,
    mail: null,
    mailNickname: `group${number}`,
    mailEnabled: false,
    securityEnabled: true,
    groupTypes: [],
    isAssignableToRole: false,
    createdDateTime: "2026-01-01T00:00:00Z",
    owners,
    properties: {},
  });
  for (const memberId of members)
    directory.memberships.put({ id: `${id}:${memberId}`, containerId: id, memberId });
  return id;
}
