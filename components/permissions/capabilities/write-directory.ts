/** Changing the directory. Sources: the "Permissions" section of each call in the Microsoft Graph v1.0 reference. */
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

export const manageUsers: Capability = {
  id: "users.manage",
  title: "Create, update and delete users",
  effect: "write",
  calls: [
    graph("POST", "/users", "User.Create", "User.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("PATCH", "/users/{id}", "User.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("DELETE", "/users/{id}", "User.DeleteRestore.All", "User.ReadWrite.All"),
    graph("PUT", "/users/{id}/manager/$ref", "User.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("DELETE", "/users/{id}/manager/$ref", "User.ReadWrite.All", "Directory.ReadWrite.All"),
  ],
  roles: [
    {
      api: "graph",
      value: "User.ReadWrite.All",
      reason:
        "The only permission that creates, updates and deletes users. Directory.ReadWrite.All is wider and cannot delete them.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/users?$top=1&$select=id,accountEnabled"),
};

export const provisionAccounts: Capability = {
  id: "accounts.provision",
  title: "Create, disable and delete accounts",
  effect: "write",
  calls: [
    graph("POST", "/users", "User.Create", "User.ReadWrite.All", "Directory.ReadWrite.All"),
    {
      ...graph(
        "PATCH",
        "/users/{id}",
        ["User.EnableDisableAccount.All", "User.Read.All"],
        "User.ReadWrite.All",
        "Directory.ReadWrite.All",
      ),
      properties: ["accountEnabled"],
    },
    graph("DELETE", "/users/{id}", "User.DeleteRestore.All", "User.ReadWrite.All"),
  ],
  roles: [
    {
      api: "graph",
      value: "User.Create",
      reason: "Creates accounts without the right to change existing ones.",
    },
    {
      api: "graph",
      value: "User.DeleteRestore.All",
      reason: "Deletes accounts without the right to change them.",
    },
    {
      api: "graph",
      value: "User.EnableDisableAccount.All",
      reason: "Disables accounts and changes nothing else of them.",
    },
    {
      api: "graph",
      value: "User.Read.All",
      reason: "Microsoft asks for it together with User.EnableDisableAccount.All.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/users?$top=1&$select=id,accountEnabled"),
};

export const deprovisionPrivilegedUsers: Capability = {
  id: "privileged-accounts.deprovision",
  title: "Disable and delete accounts that hold a directory role",
  effect: "write",
  calls: [],
  roles: [],
  directoryRoles: ["Privileged Authentication Administrator"],
  probe: {
    kind: "token",
    note: "Cannot be shown without changing an administrator; the role assignment itself is checked.",
  },
};

export const manageGroups: Capability = {
  id: "groups.manage",
  title: "Create, update and delete groups, their members and owners",
  effect: "write",
  calls: [
    graph("POST", "/groups", "Group.Create", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("PATCH", "/groups/{id}", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("DELETE", "/groups/{id}", "Group.ReadWrite.All"),
    graph(
      "POST",
      "/groups/{id}/members/$ref",
      "GroupMember.ReadWrite.All",
      "Group.ReadWrite.All",
      "Directory.ReadWrite.All",
    ),
    graph(
      "DELETE",
      "/groups/{id}/members/{id}/$ref",
      "GroupMember.ReadWrite.All",
      "Group.ReadWrite.All",
      "Directory.ReadWrite.All",
    ),
    graph("POST", "/groups/{id}/owners/$ref", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("DELETE", "/groups/{id}/owners/{id}/$ref", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
  ],
  roles: [
    {
      api: "graph",
      value: "Group.ReadWrite.All",
      reason:
        "The only permission that updates and deletes groups. Directory.ReadWrite.All is wider and cannot delete them.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/groups?$top=1&$select=id"),
};

export const provisionGroupMembers: Capability = {
  id: "group-members.provision",
  title: "Add and remove members of groups",
  effect: "write",
  calls: [
    graph(
      "POST",
      "/groups/{id}/members/$ref",
      "GroupMember.ReadWrite.All",
      "Group.ReadWrite.All",
      "Directory.ReadWrite.All",
    ),
    graph(
      "DELETE",
      "/groups/{id}/members/{id}/$ref",
      "GroupMember.ReadWrite.All",
      "Group.ReadWrite.All",
      "Directory.ReadWrite.All",
    ),
  ],
  roles: [
    {
      api: "graph",
      value: "GroupMember.ReadWrite.All",
      reason: "Changes members only; Group.ReadWrite.All would also change groups and open their content.",
    },
  ],
  directoryRoles: [],
  probe: { kind: "token", note: "Adding a member cannot be shown without changing a group." },
};

export const provisionGroupOwners: Capability = {
  id: "group-owners.provision",
  title: "Add and remove owners of groups",
  effect: "write",
  calls: [
    graph("POST", "/groups/{id}/owners/$ref", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
    graph("DELETE", "/groups/{id}/owners/{id}/$ref", "Group.ReadWrite.All", "Directory.ReadWrite.All"),
  ],
  roles: [{ api: "graph", value: "Group.ReadWrite.All", reason: "No narrower permission changes owners." }],
  directoryRoles: [],
  probe: graphProbe("/groups?$top=1&$select=id"),
};
