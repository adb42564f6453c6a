import type { Application, KeyCredential, PasswordCredential } from "../../directory/model";
import { date, defineType, flag, object, objects, readOnly, text, texts } from "../entity-type";
import { findObjects } from "../objects";

const emptyWeb = {
  homePageUrl: null,
  logoutUrl: null,
  redirectUris: [],
  implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false },
  redirectUriSettings: [],
};
const emptyInfo = {
  logoUrl: null,
  marketingUrl: null,
  privacyStatementUrl: null,
  supportUrl: null,
  termsOfServiceUrl: null,
};
const emptyApi = {
  acceptMappedClaims: null,
  knownClientApplications: [],
  requestedAccessTokenVersion: null,
  oauth2PermissionScopes: [],
  preAuthorizedApplications: [],
};

/** A password as it is returned: never its text, never its hash. */
export const shownPassword = (password: PasswordCredential) => ({
  customKeyIdentifier: null,
  displayName: password.displayName,
  endDateTime: password.endDateTime,
  hint: password.hint,
  keyId: password.keyId,
  secretText: null,
  startDateTime: password.startDateTime,
});

/** A certificate as it is returned; Graph gives the key only when `keyCredentials` is selected, and null otherwise. */
const shownKey = (key: KeyCredential) => ({
  customKeyIdentifier: key.customKeyIdentifier,
  displayName: key.displayName,
  endDateTime: key.endDateTime,
  key: null,
  keyId: key.keyId,
  startDateTime: key.startDateTime,
  type: key.type,
  usage: key.usage,
});

/** Microsoft page "application resource type". */
export const applicationType = defineType<Application>({
  name: "application",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    appId: text(readOnly),
    applicationTemplateId: text(readOnly),
    disabledByMicrosoftStatus: text(readOnly),
    createdDateTime: date(readOnly),
    displayName: text(),
    description: text(),
    groupMembershipClaims: text(),
    identifierUris: texts(),
    isDeviceOnlyAuthSupported: flag(),
    isFallbackPublicClient: flag(),
    nativeAuthenticationApisEnabled: text(),
    notes: text(),
    publisherDomain: text(readOnly),
    serviceManagementReference: text(),
    signInAudience: text({ default: "AzureADMyOrg" }),
    tags: texts(),
    tokenEncryptionKeyId: text(),
    uniqueName: text({ access: "create" }),
    samlMetadataUrl: text(),
    defaultRedirectUri: text(),
    certification: object(readOnly),
    optionalClaims: object(),
    servicePrincipalLockConfiguration: object(),
    requestSignatureVerification: object(),
    parentalControlSettings: object({
      default: { countriesBlockedForMinors: [], legalAgeGroupRule: "Allow" },
    }),
    addIns: objects(),
    api: object({ default: emptyApi }),
    appRoles: objects(),
    info: object({ default: emptyInfo }),
    keyCredentials: objects(),
    passwordCredentials: objects(),
    publicClient: object({ default: { redirectUris: [] } }),
    requiredResourceAccess: objects(),
    verifiedPublisher: object({
      access: "read-only",
      default: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    }),
    web: object({ default: emptyWeb }),
    spa: object({ default: { redirectUris: [] } }),
    oauth2RequirePostResponse: flag({ version: "beta", default: false }),
  },
  computed: {
    passwordCredentials: (application) => application.passwordCredentials.map(shownPassword),
    keyCredentials: (application) => application.keyCredentials.map(shownKey),
    api: (application) => ({ ...emptyApi, ...asObject(application.properties.api) }),
    info: (application) => ({ ...emptyInfo, ...asObject(application.properties.info) }),
    web: (application) => ({ ...emptyWeb, ...asObject(application.properties.web) }),
  },
  navigations: () => ({
    owners: {
      related: (application, directory) => findObjects(directory, application.owners),
      path: "/applications/{id}/owners",
      limit: 20,
    },
  }),
});

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};
