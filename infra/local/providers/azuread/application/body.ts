import type { ApplicationInputs } from "./inputs";

/** The application as Microsoft Graph takes it: the full property set, unset texts as null. */
export function applicationBody(inputs: ApplicationInputs): Record<string, unknown> {
  return {
    displayName: inputs.displayName,
    signInAudience: inputs.signInAudience ?? "AzureADMyOrg",
    description: textOrNull(inputs.description),
    notes: textOrNull(inputs.notes),
    serviceManagementReference: textOrNull(inputs.serviceManagementReference),
    groupMembershipClaims: inputs.groupMembershipClaims?.length
      ? inputs.groupMembershipClaims.join(",")
      : null,
    identifierUris: inputs.identifierUris ?? [],
    tags: inputs.tags ?? [],
    isDeviceOnlyAuthSupported: inputs.deviceOnlyAuthEnabled ?? false,
    isFallbackPublicClient: inputs.fallbackPublicClientEnabled ?? false,
    info: {
      marketingUrl: textOrNull(inputs.marketingUrl),
      privacyStatementUrl: textOrNull(inputs.privacyStatementUrl),
      supportUrl: textOrNull(inputs.supportUrl),
      termsOfServiceUrl: textOrNull(inputs.termsOfServiceUrl),
    },
    publicClient: { redirectUris: inputs.publicClient?.redirectUris ?? [] },
    spa: { redirectUris: inputs.singlePageApplication?.redirectUris ?? [] },
    web: webBody(inputs),
    api: {
      acceptMappedClaims: inputs.api?.mappedClaimsEnabled ?? false,
      knownClientApplications: inputs.api?.knownClientApplications ?? [],
      requestedAccessTokenVersion: inputs.api?.requestedAccessTokenVersion ?? 1,
    },
    requiredResourceAccess: (inputs.requiredResourceAccesses ?? []).map((access) => ({
      resourceAppId: access.resourceAppId,
      resourceAccess: access.resourceAccesses.map(({ id, type }) => ({ id, type })),
    })),
  };
}

function webBody(inputs: ApplicationInputs): Record<string, unknown> {
  const { web } = inputs;
  return {
    homePageUrl: textOrNull(web?.homepageUrl),
    logoutUrl: textOrNull(web?.logoutUrl),
    redirectUris: web?.redirectUris ?? [],
    implicitGrantSettings: {
      enableAccessTokenIssuance: web?.implicitGrant?.accessTokenIssuanceEnabled ?? false,
      enableIdTokenIssuance: web?.implicitGrant?.idTokenIssuanceEnabled ?? false,
    },
  };
}

function textOrNull(text: string | undefined): string | null {
  return text === undefined || text === "" ? null : text;
}
