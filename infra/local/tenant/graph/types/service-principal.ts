import type { ServicePrincipal } from "../../directory/model";
import { date, defineType, flag, object, objects, readOnly, text, texts } from "../entity-type";
import { findObjects } from "../objects";
import { containersOf } from "../relations";
import { appRoleAssignmentType } from "./app-role-assignment";

/** Microsoft page "servicePrincipal resource type". */
export const servicePrincipalType = defineType<ServicePrincipal>({
  name: "servicePrincipal",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    accountEnabled: flag(),
    alternativeNames: texts(),
    appDisplayName: text(readOnly),
    appDescription: text(readOnly),
    appId: text({ access: "create" }),
    applicationTemplateId: text(readOnly),
    appOwnerOrganizationId: text(readOnly),
    appRoleAssignmentRequired: flag({ default: false }),
    createdDateTime: date(readOnly),
    description: text(),
    disabledByMicrosoftStatus: text(readOnly),
    displayName: text(),
    homepage: text(),
    loginUrl: text(),
    logoutUrl: text(),
    notes: text(),
    notificationEmailAddresses: texts(),
    preferredSingleSignOnMode: text(),
    preferredTokenSigningKeyThumbprint: text(),
    replyUrls: texts(),
    servicePrincipalNames: texts(readOnly),
    servicePrincipalType: text(readOnly),
    signInAudience: text(readOnly),
    tags: texts(),
    tokenEncryptionKeyId: text(),
    samlSingleSignOnSettings: object(),
    samlMetadataUrl: text({ version: "beta" }),
    addIns: objects(),
    appRoles: objects(readOnly),
    info: object(readOnly),
    keyCredentials: objects(readOnly),
    oauth2PermissionScopes: objects(readOnly),
    passwordCredentials: objects(readOnly),
    resourceSpecificApplicationPermissions: objects(readOnly),
    verifiedPublisher: object({
      access: "read-only",
      default: { displayName: null, verifiedPublisherId: null, addedDateTime: null },
    }),
    errorUrl: text({ version: "beta" }),
    publisherName: text({ version: "beta", access: "read-only" }),
  },
  computed: {
    appDisplayName: (principal) => principal.properties.appDisplayName ?? principal.displayName,
    servicePrincipalNames: (principal) => [
      principal.appId,
      ...(Array.isArray(principal.properties.servicePrincipalNames)
        ? principal.properties.servicePrincipalNames
        : []),
    ],
  },
  navigations: () => ({
    owners: {
      related: (principal, directory) => findObjects(directory, principal.owners),
      path: "/servicePrincipals/{id}/owners",
      limit: 20,
    },
    appRoleAssignedTo: {
      related: function* (principal, directory) {
        for (const entity of directory.appRoleAssignments.by("resourceId", principal.id)) {
          yield { type: appRoleAssignmentType, entity };
        }
      },
      path: "/servicePrincipals/{id}/appRoleAssignedTo",
      limit: 20,
    },
    appRoleAssignments: {
      related: function* (principal, directory) {
        for (const entity of directory.appRoleAssignments.by("principalId", principal.id)) {
          yield { type: appRoleAssignmentType, entity };
        }
      },
      path: "/servicePrincipals/{id}/appRoleAssignments",
      limit: 20,
    },
    memberOf: {
      related: (principal, directory) => containersOf(directory, principal.id),
      path: "/servicePrincipals/{id}/memberOf",
      limit: 20,
    },
  }),
});
