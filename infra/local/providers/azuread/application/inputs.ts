import { z } from "zod";

const texts = z.array(z.string());
const guid = z.guid("must be a GUID");

const notHere =
  "is an argument that the local plugin does not carry; leave it out, or deploy with official plugins";

/** Arguments of the official type that the local plugin refuses, by name. */
export const notCarriedByApplication = {
  appRoles: notHere,
  featureTags: `${notHere} (tags do the same)`,
  logoImage: notHere,
  oauth2PostResponseRequired: notHere,
  optionalClaims: notHere,
  password: `${notHere} (use ApplicationPassword, which can rotate)`,
  templateId: notHere,
  "api.oauth2PermissionScopes": notHere,
} as const;

/** Arguments of `azuread.Application`. */
export const applicationInputs = z.strictObject({
  displayName: z.string().min(1, "must not be empty"),
  description: z.string().max(1024, "must be at most 1024 characters").optional(),
  notes: z.string().max(1024, "must be at most 1024 characters").optional(),
  serviceManagementReference: z.string().optional(),
  signInAudience: z
    .enum([
      "AzureADMyOrg",
      "AzureADMultipleOrgs",
      "AzureADandPersonalMicrosoftAccount",
      "PersonalMicrosoftAccount",
    ])
    .optional(),
  owners: z.array(guid).max(100, "must be at most 100").optional(),
  tags: texts.optional(),
  identifierUris: texts.optional(),
  groupMembershipClaims: z
    .array(z.enum(["None", "SecurityGroup", "DirectoryRole", "ApplicationGroup", "All"]))
    .optional(),
  deviceOnlyAuthEnabled: z.boolean().optional(),
  fallbackPublicClientEnabled: z.boolean().optional(),
  preventDuplicateNames: z.boolean().optional(),
  marketingUrl: z.string().optional(),
  privacyStatementUrl: z.string().optional(),
  supportUrl: z.string().optional(),
  termsOfServiceUrl: z.string().optional(),
  requiredResourceAccesses: z
    .array(
      z.strictObject({
        resourceAppId: z.string().min(1),
        resourceAccesses: z
          .array(z.strictObject({ id: guid, type: z.enum(["Role", "Scope"]) }))
          .min(1, "must name at least one permission"),
      }),
    )
    .optional(),
  api: z
    .strictObject({
      knownClientApplications: texts.optional(),
      mappedClaimsEnabled: z.boolean().optional(),
      requestedAccessTokenVersion: z.number().int().min(1).max(2).optional(),
    })
    .optional(),
  web: z
    .strictObject({
      homepageUrl: z.string().optional(),
      logoutUrl: z.string().optional(),
      redirectUris: texts.optional(),
      implicitGrant: z
        .strictObject({
          accessTokenIssuanceEnabled: z.boolean().optional(),
          idTokenIssuanceEnabled: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
  publicClient: z.strictObject({ redirectUris: texts.optional() }).optional(),
  singlePageApplication: z.strictObject({ redirectUris: texts.optional() }).optional(),
});

/** Arguments of `azuread.Application`, parsed. */
export type ApplicationInputs = z.infer<typeof applicationInputs>;
