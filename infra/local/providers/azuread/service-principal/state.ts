import { z } from "zod";
import type { PlainProperties } from "../../../../../components/plugin/serve";
import { idsByValue } from "../application/state";

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();

/** What is used of a service principal as Microsoft Graph returns it. */
const graphServicePrincipal = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  accountEnabled: z.boolean().nullish(),
  alternativeNames: texts,
  appRoleAssignmentRequired: z.boolean().nullish(),
  appOwnerOrganizationId: text,
  description: text,
  homepage: text,
  loginUrl: text,
  logoutUrl: text,
  notes: text,
  notificationEmailAddresses: texts,
  preferredSingleSignOnMode: text,
  replyUrls: texts,
  samlSingleSignOnSettings: z.object({ relayState: text }).nullish(),
  servicePrincipalNames: texts,
  servicePrincipalType: text,
  signInAudience: text,
  tags: texts,
  appRoles: z
    .array(
      z.object({
        id: z.string(),
        value: text,
        displayName: text,
        description: text,
        isEnabled: z.boolean().nullish(),
        allowedMemberTypes: texts,
      }),
    )
    .nullish(),
  oauth2PermissionScopes: z
    .array(
      z.object({
        id: z.string(),
        value: text,
        type: text,
        isEnabled: z.boolean().nullish(),
        adminConsentDescription: text,
        adminConsentDisplayName: text,
        userConsentDescription: text,
        userConsentDisplayName: text,
      }),
    )
    .nullish(),
});

/** A service principal as Microsoft Graph returns it. */
export type GraphServicePrincipal = z.infer<typeof graphServicePrincipal>;

/** Parses a Graph answer. */
export function parseServicePrincipal(body: unknown): GraphServicePrincipal {
  return graphServicePrincipal.parse(body);
}

/** The inputs that would declare the service principal as it is. */
export function inputsOf(found: GraphServicePrincipal, owners: readonly string[]): PlainProperties {
  const inputs: PlainProperties = {
    clientId: found.appId,
    accountEnabled: found.accountEnabled ?? true,
    alternativeNames: found.alternativeNames ?? [],
    appRoleAssignmentRequired: found.appRoleAssignmentRequired ?? false,
    description: found.description ?? "",
    loginUrl: found.loginUrl ?? "",
    notes: found.notes ?? "",
    notificationEmailAddresses: found.notificationEmailAddresses ?? [],
    owners,
    preferredSingleSignOnMode: found.preferredSingleSignOnMode ?? "",
    tags: found.tags ?? [],
  };
  const isSet = ([, value]: [string, PlainProperties[string]]) =>
    value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(inputs).filter(isSet));
}

/** What resource and data source have in common of the published properties. */
export function publishedOf(found: GraphServicePrincipal): PlainProperties {
  return {
    accountEnabled: found.accountEnabled ?? true,
    alternativeNames: found.alternativeNames ?? [],
    appRoleAssignmentRequired: found.appRoleAssignmentRequired ?? false,
    appRoleIds: idsByValue(found.appRoles ?? []),
    appRoles: (found.appRoles ?? []).map(appRoleOf),
    applicationTenantId: found.appOwnerOrganizationId ?? "",
    clientId: found.appId,
    description: found.description ?? "",
    displayName: found.displayName ?? "",
    homepageUrl: found.homepage ?? "",
    loginUrl: found.loginUrl ?? "",
    logoutUrl: found.logoutUrl ?? "",
    notes: found.notes ?? "",
    notificationEmailAddresses: found.notificationEmailAddresses ?? [],
    oauth2PermissionScopeIds: idsByValue(found.oauth2PermissionScopes ?? []),
    oauth2PermissionScopes: (found.oauth2PermissionScopes ?? []).map(scopeOf),
    objectId: found.id,
    preferredSingleSignOnMode: found.preferredSingleSignOnMode ?? "",
    redirectUris: found.replyUrls ?? [],
    servicePrincipalNames: found.servicePrincipalNames ?? [],
    signInAudience: found.signInAudience ?? "",
    tags: found.tags ?? [],
    type: found.servicePrincipalType ?? "",
  };
}

/** The switches that Microsoft keeps as tags. */
export function featureTagsOf(found: GraphServicePrincipal): PlainProperties {
  const has = (tag: string) => found.tags?.includes(tag) === true;
  return {
    customSingleSignOn: has("WindowsAzureActiveDirectoryCustomSingleSignOnApplication"),
    enterprise: has("WindowsAzureActiveDirectoryIntegratedApp"),
    gallery: has("WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1"),
    hide: has("HideApp"),
  };
}

function appRoleOf(role: NonNullable<GraphServicePrincipal["appRoles"]>[number]): PlainProperties {
  return {
    id: role.id,
    value: role.value ?? "",
    displayName: role.displayName ?? "",
    description: role.description ?? "",
    enabled: role.isEnabled ?? true,
    allowedMemberTypes: role.allowedMemberTypes ?? [],
  };
}

function scopeOf(
  scope: NonNullable<GraphServicePrincipal["oauth2PermissionScopes"]>[number],
): PlainProperties {
  return {
    id: scope.id,
    value: scope.value ?? "",
    type: scope.type ?? "",
    enabled: scope.isEnabled ?? true,
    adminConsentDescription: scope.adminConsentDescription ?? "",
    adminConsentDisplayName: scope.adminConsentDisplayName ?? "",
    userConsentDescription: scope.userConsentDescription ?? "",
    userConsentDisplayName: scope.userConsentDisplayName ?? "",
  };
}
