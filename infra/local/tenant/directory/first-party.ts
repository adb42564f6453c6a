/** Microsoft's own applications: which there are, and their service principals with the roles they publish. */
import type { FirstPartyApp } from "./data/first-party-app";
import { firstPartyApps } from "./data/first-party-apps.generated";
import { furtherFirstPartyApps } from "./data/further-first-party-apps";
import { graphAppRoles } from "./data/graph-app-roles.generated";
import type { ServicePrincipal } from "./model";

/** The tenant that owns Microsoft's applications. */
const microsoftTenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a";
const graphAppId = "00000003-0000-0000-c000-000000000000";

/** Delegated permissions of Microsoft Graph that every tenant meets at sign-in. */
const graphScopes = [
  ["e1fe6dd8-ba31-4d61-89e7-88639da4683d", "User.Read", "Sign in and read user profile"],
  ["37f7f235-527c-4136-accd-4a02d197296e", "openid", "Sign users in"],
  ["14dad69e-099b-42c9-810b-d002981feec1", "profile", "View users' basic profile"],
  ["64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "email", "View users' email address"],
  [
    "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
    "offline_access",
    "Maintain access to data you have given it access to",
  ],
].map(([id, value, label]) => ({
  id,
  value,
  type: "User",
  isEnabled: true,
  adminConsentDisplayName: label,
  adminConsentDescription: label,
  userConsentDisplayName: label,
  userConsentDescription: label,
}));

/** The application with that appId, if it is one of Microsoft's. */
export function firstPartyApp(appId: string): FirstPartyApp | undefined {
  return [...firstPartyApps, ...furtherFirstPartyApps].find((app) => app.appId === appId.toLowerCase());
}

/** Whether a service principal belongs to Microsoft: those can't be deleted by a customer. */
export const isFirstParty = (principal: ServicePrincipal): boolean =>
  principal.properties.appOwnerOrganizationId === microsoftTenant;

/** The service principal of one of Microsoft's applications, with the whole catalogue of its app roles. */
export function firstPartyPrincipal(
  app: FirstPartyApp,
  id: string,
  createdDateTime: string,
): ServicePrincipal {
  const isGraph = app.appId === graphAppId;
  return {
    id,
    appId: app.appId,
    displayName: app.displayName,
    servicePrincipalType: "Application",
    accountEnabled: true,
    owners: [],
    appRoles: isGraph ? graphAppRoles : app.appRoles,
    properties: {
      appOwnerOrganizationId: microsoftTenant,
      createdDateTime,
      signInAudience: "AzureADMultipleOrgs",
      oauth2PermissionScopes: isGraph ? graphScopes : [],
      servicePrincipalNames: isGraph ? ["https://graph.microsoft.com"] : [],
    },
  };
}
