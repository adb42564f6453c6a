/** Who has registered what for sign-in (Microsoft page "List userRegistrationDetails"). */
import type { User } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { registrationOf } from "../../directory/registrations";
import { date, defineType, flag, text, texts } from "../entity-type";
import { list } from "../odata/list";
import type { Route } from "../request";
import { collectionSource } from "../sources";
import { requirePremium } from "./licenses";

/** Properties that follow from what the user has registered. */
const registered = [
  "isMfaCapable",
  "isMfaRegistered",
  "isPasswordlessCapable",
  "isSsprCapable",
  "isSsprEnabled",
  "isSsprRegistered",
  "isSystemPreferredAuthenticationMethodEnabled",
  "methodsRegistered",
  "defaultMfaMethod",
  "systemPreferredAuthenticationMethods",
  "userPreferredMethodForSecondaryAuthentication",
] as const;

const registrationDetailsType = defineType<User>({
  name: "userRegistrationDetails",
  page: { default: 100, maximum: 1000 },
  properties: {
    id: text(),
    userPrincipalName: text(),
    userDisplayName: text(),
    userType: text(),
    isAdmin: flag(),
    isMfaCapable: flag(),
    isMfaRegistered: flag(),
    isPasswordlessCapable: flag(),
    isSsprCapable: flag(),
    isSsprEnabled: flag(),
    isSsprRegistered: flag(),
    isSystemPreferredAuthenticationMethodEnabled: flag(),
    methodsRegistered: texts(),
    defaultMfaMethod: text(),
    systemPreferredAuthenticationMethods: texts(),
    userPreferredMethodForSecondaryAuthentication: text(),
    lastUpdatedDateTime: date(),
  },
  computed: {
    ...Object.fromEntries(
      registered.map((name) => [
        name,
        (user: User, directory: Directory) => registrationOf(directory, user)[name] ?? null,
      ]),
    ),
    userDisplayName: ({ displayName }) => displayName,
    userType: ({ userType }) => userType.toLowerCase(),
    isAdmin: ({ id }, { directoryRoleAssignments }) =>
      directoryRoleAssignments.by("principalId", id).length > 0,
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
