/** What is read of Microsoft Graph's answers. Source: the resource types of the Graph v1.0 reference. */
import { z } from "zod";

/** Names are other people's: control and direction characters would change what a terminal shows. */
const shown = z
  .string()
  .transform((value) => value.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd"));
const text = shown.nullish();
const texts = z.array(shown).nullish();

const passwordCredential = z.looseObject({
  keyId: z.string(),
  displayName: text,
  hint: text,
  startDateTime: text,
  endDateTime: text,
});
const keyCredential = z.looseObject({
  keyId: z.string(),
  displayName: text,
  startDateTime: text,
  endDateTime: text,
  usage: text,
});
const credentials = {
  passwordCredentials: z.array(passwordCredential).default([]),
  keyCredentials: z.array(keyCredential).default([]),
};

export const applicationAnswer = z.looseObject({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  createdDateTime: text,
  signInAudience: text,
  isFallbackPublicClient: z.boolean().nullish(),
  identifierUris: texts,
  web: z
    .looseObject({
      redirectUris: texts,
      implicitGrantSettings: z
        .looseObject({
          enableAccessTokenIssuance: z.boolean().nullish(),
          enableIdTokenIssuance: z.boolean().nullish(),
        })
        .nullish(),
    })
    .nullish(),
  spa: z.looseObject({ redirectUris: texts }).nullish(),
  publicClient: z.looseObject({ redirectUris: texts }).nullish(),
  requiredResourceAccess: z
    .array(
      z.looseObject({
        resourceAppId: z.string(),
        resourceAccess: z.array(z.looseObject({ id: z.string(), type: z.string() })).default([]),
      }),
    )
    .default([]),
  ...credentials,
});
export type ApplicationAnswer = z.output<typeof applicationAnswer>;

export const principalAnswer = z.looseObject({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  accountEnabled: z.boolean().nullish(),
  servicePrincipalType: text,
  ...credentials,
});
export type PrincipalAnswer = z.output<typeof principalAnswer>;

export const assignmentAnswer = z.looseObject({ appRoleId: z.string(), resourceId: z.string() });

/** The service principal of an API. */
export const apiAnswer = z.looseObject({
  id: z.string(),
  appId: z.string(),
  displayName: text,
  appRoles: z.array(z.looseObject({ id: z.string(), value: text })).default([]),
  oauth2PermissionScopes: z.array(z.looseObject({ id: z.string(), value: text })).default([]),
});
export type ApiAnswer = z.output<typeof apiAnswer>;

export const ownerAnswer = z.looseObject({
  "@odata.type": text,
  id: z.string(),
  displayName: text,
  userPrincipalName: text,
});

export const federatedAnswer = z.looseObject({
  id: z.string(),
  name: text,
  issuer: text,
  subject: text,
});

export const roleAssignmentAnswer = z.looseObject({
  roleDefinitionId: z.string(),
  directoryScopeId: text,
});

export const grantAnswer = z.looseObject({
  resourceId: z.string(),
  consentType: text,
  scope: text,
});
