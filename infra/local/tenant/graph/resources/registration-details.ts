/** Who has registered what for sign-in (Microsoft page "List userRegistrationDetails"). Nobody in this tenant has registered a method. */
import type { User } from "../../directory/model";
import { date, defineType, flag, text, texts } from "../entity-type";
import { list } from "../odata/list";
import type { Route } from "../request";
import { collectionSource } from "../sources";
import { requirePremium } from "./licenses";

const registrationDetailsType = defineType<User>({
  name: "userRegistrationDetails",
  properties: {
    id: text(),
    userPrincipalName: text(),
    userDisplayName: text(),
    userType: text(),
    isAdmin: flag(),
    isMfaCapable: { ...flag(), default: false },
    isMfaRegistered: { ...flag(), default: false },
    isPasswordlessCapable: { ...flag(), default: false },
    isSsprCapable: { ...flag(), default: false },
    isSsprEnabled: { ...flag(), default: false },
    isSsprRegistered: { ...flag(), default: false },
    isSystemPreferredAuthenticationMethodEnabled: { ...flag(), default: false },
    methodsRegistered: texts(),
    defaultMfaMethod: { ...text(), default: "none" },
    systemPreferredAuthenticationMethods: texts(),
    userPreferredMethodForSecondaryAuthentication: { ...text(), default: "none" },
    lastUpdatedDateTime: date(),
  },
  computed: {
    userDisplayName: ({ displayName }) => displayName,
    userType: ({ userType }) => userType.toLowerCase(),
    isAdmin: ({ id }, { directoryRoleAssignments }) =>
      [...directoryRoleAssignments.by("principalId", id)].length > 0,
    lastUpdatedDateTime: ({ createdDateTime }) => createdDateTime,
  },
});

export const registrationDetailRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/reports/authenticationMethods/userRegistrationDetails",
    handle: (request) => {
      requirePremium(request);
      return list(request, collectionSource(request, request.directory.users, registrationDetailsType));
    },
  },
];
