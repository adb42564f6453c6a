import { z } from "zod";
import type { PlainProperties } from "../../../../../components/plugin/serve";

const text = z.string().nullish();
const texts = z.array(z.string()).nullish();
const flag = z.boolean().nullish();
const published = z.object({ id: z.string(), value: z.string().nullish() });

/** What is used of an application as Microsoft Graph returns it. */
const graphApplication = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string(),
  description: text,
  notes: text,
  serviceManagementReference: text,
  signInAudience: text,
  publisherDomain: text,
  disabledByMicrosoftStatus: text,
  groupMembershipClaims: text,
  identifierUris: texts,
  tags: texts,
  isDeviceOnlyAuthSupported: flag,
  isFallbackPublicClient: flag,
  info: z
    .object({
      logoUrl: text,
      marketingUrl: text,
      privacyStatementUrl: text,
      supportUrl: text,
      termsOfServiceUrl: text,
    })
    .nullish(),
  publicClient: z.object({ redirectUris: texts }).nullish(),
  spa: z.object({ redirectUris: texts }).nullish(),
  web: z
    .object({
      homePageUrl: text,
      logoutUrl: text,
      redirectUris: texts,
      implicitGrantSettings: z
        .object({ enableAccessTokenIssuance: flag, enableIdTokenIssuance: flag })
        .nullish(),
    })
    .nullish(),
  api: z
    .object({
      acceptMappedClaims: flag,
      knownClientApplications: texts,
      requestedAccessTokenVersion: z.number().nullish(),
      oauth2PermissionScopes: z.array(published).nullish(),
    })
    .nullish(),
  appRoles: z.array(published).nullish(),
  requiredResourceAccess: z
    .array(
      z.object({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.object({ id: z.string(), type: z.string() })),
      }),
    )
    .nullish(),
});

/** An application as Microsoft Graph returns it. */
export type GraphApplication = z.infer<typeof graphApplication>;

/** Parses a Graph answer. */
export function parseApplication(body: unknown): GraphApplication {
  return graphApplication.parse(body);
}

/** The inputs that would declare the application as it is. */
export function inputsOf(application: GraphApplication, owners: readonly string[]): PlainProperties {
  const { api, web, info } = application;
  return present({
    displayName: application.displayName,
    description: application.description ?? "",
    notes: application.notes ?? "",
    serviceManagementReference: application.serviceManagementReference ?? "",
    signInAudience: application.signInAudience ?? undefined,
    owners,
    tags: application.tags ?? [],
    identifierUris: application.identifierUris ?? [],
    groupMembershipClaims: (application.groupMembershipClaims ?? "")
      .split(",")
      .filter((claim) => claim !== ""),
    deviceOnlyAuthEnabled: application.isDeviceOnlyAuthSupported ?? false,
    fallbackPublicClientEnabled: application.isFallbackPublicClient ?? false,
    marketingUrl: info?.marketingUrl ?? "",
    privacyStatementUrl: info?.privacyStatementUrl ?? "",
    supportUrl: info?.supportUrl ?? "",
    termsOfServiceUrl: info?.termsOfServiceUrl ?? "",
    requiredResourceAccesses: (application.requiredResourceAccess ?? []).map((access) => ({
      resourceAppId: access.resourceAppId,
      resourceAccesses: access.resourceAccess,
    })),
    api: present({
      knownClientApplications: api?.knownClientApplications ?? [],
      mappedClaimsEnabled: api?.acceptMappedClaims ?? false,
      requestedAccessTokenVersion: api?.requestedAccessTokenVersion ?? 1,
    }),
    web: present({
      homepageUrl: web?.homePageUrl ?? "",
      logoutUrl: web?.logoutUrl ?? "",
      redirectUris: web?.redirectUris ?? [],
      implicitGrant: {
        accessTokenIssuanceEnabled: web?.implicitGrantSettings?.enableAccessTokenIssuance ?? false,
        idTokenIssuanceEnabled: web?.implicitGrantSettings?.enableIdTokenIssuance ?? false,
      },
    }),
    publicClient: { redirectUris: application.publicClient?.redirectUris ?? [] },
    singlePageApplication: { redirectUris: application.spa?.redirectUris ?? [] },
  });
}

/** All outputs of the official class that Graph tells. */
export function outputsOf(application: GraphApplication, owners: readonly string[]): PlainProperties {
  return {
    ...inputsOf(application, owners),
    clientId: application.appId,
    objectId: application.id,
    publisherDomain: application.publisherDomain ?? "",
    disabledByMicrosoft: application.disabledByMicrosoftStatus ?? "",
    logoUrl: application.info?.logoUrl ?? "",
    appRoleIds: idsByValue(application.appRoles ?? []),
    oauth2PermissionScopeIds: idsByValue(application.api?.oauth2PermissionScopes ?? []),
  };
}

/** Ids by value, of published roles or scopes that have one. */
export function idsByValue(
  items: readonly { readonly id: string; readonly value?: string | null | undefined }[],
): Record<string, string> {
  return Object.fromEntries(items.flatMap(({ id, value }) => (value ? [[value, id] as const] : [])));
}

/** Leaves out empty texts and lists: Graph returns them for what was never set. */
function present(properties: PlainProperties): PlainProperties {
  const isSet = ([, value]: [string, PlainProperties[string]]) =>
    value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(properties).filter(isSet));
}
