/** Arguments that the component tests share. */
import type { ApiPermissionsArgs } from "../../components/arguments";

export const GRAPH = "00000003-0000-0000-c000-000000000000";
export const EXCHANGE = "00000002-0000-0ff1-ce00-000000000000";
const USER_READ_ALL = "df021288-bdef-4463-88db-98f22de89214";
const GROUP_MEMBER_READ_ALL = "98830695-27a2-44f7-8c18-0c3ebc9698f6";
const MANAGE_AS_APP = "dc50a0fb-09a3-484d-be87-e023b12c6440";

export const permissions: ApiPermissionsArgs[] = [
  {
    resourceAppId: GRAPH,
    displayName: "Microsoft Graph",
    roles: [
      { value: "GroupMember.Read.All", id: GROUP_MEMBER_READ_ALL },
      { value: "User.Read.All", id: USER_READ_ALL },
    ],
  },
  {
    resourceAppId: EXCHANGE,
    displayName: "Office 365 Exchange Online",
    roles: [{ value: "Exchange.ManageAsApp", id: MANAGE_AS_APP }],
  },
];

/** What the tenant publishes. */
export const appRoles = {
  [GRAPH]: { "User.Read.All": USER_READ_ALL, "GroupMember.Read.All": GROUP_MEMBER_READ_ALL },
  [EXCHANGE]: { "Exchange.ManageAsApp": MANAGE_AS_APP },
};

export const schedule = { anchor: "2026-01-01T00:00:00Z", lifetimeDays: 180, overlapDays: 30 };

export const vault = {
  resourceGroupName: "connectors",
  vaultName: "kv-contoso",
  vaultUri: "https://kv-contoso.vault.azure.net/",
};

/** Resolves an output. */
export function resolved<Value>(output: { apply(run: (value: Value) => void): unknown }): Promise<Value> {
  return new Promise((resolve) => output.apply(resolve));
}
