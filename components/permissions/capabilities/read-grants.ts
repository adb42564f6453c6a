/** Reading consents. Source: the "Permissions" section of each call in the Microsoft Graph v1.0 reference. */
import type { GraphRole } from "../catalogue/apis";
import { graph } from "./call";
import { type Capability, graphProbe } from "./capability";

const grants: readonly GraphRole[] = [
  "Directory.Read.All",
  "DelegatedPermissionGrant.ReadWrite.All",
  "Directory.ReadWrite.All",
];

export const readDelegatedGrants: Capability = {
  id: "delegated-grants.read",
  title: "Read which delegated permissions users and administrators consented to",
  effect: "read",
  calls: [
    graph("GET", "/oauth2PermissionGrants", ...grants),
    graph("GET", "/oauth2PermissionGrants/delta", ...grants),
  ],
  roles: [
    {
      api: "graph",
      value: "Directory.Read.All",
      reason:
        "The only documented permission that lists consents without being able to write them: DelegatedPermissionGrant.ReadWrite.All could grant any, and DelegatedPermissionGrant.Read.All is published but named by no call.",
    },
  ],
  directoryRoles: [],
  probe: graphProbe("/oauth2PermissionGrants?$top=1"),
};
