import { exchangeOnlineRoles } from "./exchange-online.generated";
import { exchangeOnlineProtectionRoles } from "./exchange-online-protection.generated";
import { graphRoles } from "./graph.generated";
import { office365ManagementRoles } from "./office365-management.generated";
import { sharePointOnlineRoles } from "./sharepoint-online.generated";

/** The APIs whose application permissions a connector can ask for; application ids are the same in every tenant. */
export const apis = {
  graph: {
    resourceAppId: "00000003-0000-0000-c000-000000000000",
    displayName: "Microsoft Graph",
    rows: graphRoles,
  },
  exchangeOnline: {
    resourceAppId: "00000002-0000-0ff1-ce00-000000000000",
    displayName: "Office 365 Exchange Online",
    rows: exchangeOnlineRoles,
  },
  exchangeOnlineProtection: {
    resourceAppId: "00000007-0000-0ff1-ce00-000000000000",
    displayName: "Microsoft Exchange Online Protection",
    rows: exchangeOnlineProtectionRoles,
  },
  office365Management: {
    resourceAppId: "c5393580-f805-4401-95e8-94b7a6ef2fc2",
    displayName: "Office 365 Management APIs",
    rows: office365ManagementRoles,
  },
  sharePointOnline: {
    resourceAppId: "00000003-0000-0ff1-ce00-000000000000",
    displayName: "Office 365 SharePoint Online",
    rows: sharePointOnlineRoles,
  },
} as const;

export type ApiName = keyof typeof apis;

/** The permissions of an API by name, for completion and for the compiler to find misspellings. */
export type RoleOf<Api extends ApiName> = (typeof apis)[Api]["rows"][number][0];
export type GraphRole = RoleOf<"graph">;

/** A permission together with the API that publishes it. */
export type RoleReference = { [Api in ApiName]: { readonly api: Api; readonly value: RoleOf<Api> } }[ApiName];
