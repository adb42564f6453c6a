/**
 * How the tenant lets people in and what it allows them by default. Microsoft pages "authorizationPolicy resource type",
 * "identitySecurityDefaultsEnforcementPolicy resource type", "conditionalAccessPolicy resource type".
 */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream, objectPass } from "./lib/everything-stream";
import { flag, number, objectShape, part, text, texts } from "./lib/shape";

const authorization: RecordType = { type: "authorizationPolicy", schemaVersion: 1 };
const securityDefaults: RecordType = { type: "securityDefaultsPolicy", schemaVersion: 1 };
const conditionalAccess: RecordType = { type: "conditionalAccessPolicy", schemaVersion: 1 };

const authorizationShape = objectShape(
  {},
  {
    displayName: text,
    allowInvitesFrom: text,
    allowedToSignUpEmailBasedSubscriptions: flag,
    allowedToUseSSPR: flag,
    allowEmailVerifiedUsersToJoinOrganization: flag,
    allowUserConsentForRiskyApps: flag,
    blockMsolPowerShell: flag,
    guestUserRoleId: text,
    defaultUserRolePermissions: part({
      allowedToCreateApps: flag,
      allowedToCreateSecurityGroups: flag,
      allowedToCreateTenants: flag,
      allowedToReadBitlockerKeysForOwnedDevice: flag,
      allowedToReadOtherUsers: flag,
      permissionGrantPoliciesAssigned: texts,
    }).nullish(),
  },
);

const securityDefaultsShape = objectShape({}, { displayName: text, isEnabled: flag });

const conditions = part({
  clientAppTypes: texts,
  signInRiskLevels: texts,
  userRiskLevels: texts,
  applications: part({
    includeApplications: texts,
    excludeApplications: texts,
    includeUserActions: texts,
  }).nullish(),
  users: part({
    includeUsers: texts,
    excludeUsers: texts,
    includeGroups: texts,
    excludeGroups: texts,
    includeRoles: texts,
    excludeRoles: texts,
  }).nullish(),
  locations: part({ includeLocations: texts, excludeLocations: texts }).nullish(),
  platforms: part({ includePlatforms: texts, excludePlatforms: texts }).nullish(),
  devices: part({ deviceFilter: part({ mode: text, rule: text }).nullish() }).nullish(),
  insiderRiskLevels: text,
  authenticationFlows: part({ transferMethods: text }).nullish(),
});

const sessionControls = part({
  signInFrequency: part({
    isEnabled: flag,
    value: number,
    type: text,
    frequencyInterval: text,
    authenticationType: text,
  }).nullish(),
  persistentBrowser: part({ isEnabled: flag, mode: text }).nullish(),
});

const conditionalAccessShape = objectShape(
  { state: z.string() },
  {
    displayName: text,
    createdDateTime: text,
    modifiedDateTime: text,
    conditions: conditions.nullish(),
    grantControls: part({
      operator: text,
      builtInControls: texts,
      authenticationStrength: part({ id: text, displayName: text }).nullish(),
    }).nullish(),
    sessionControls: sessionControls.nullish(),
  },
);

const conditionalAccessPath = "/identity/conditionalAccess/policies";

export const policies = everythingStream("policies", [
  objectPass(authorization, "/policies/authorizationPolicy", authorizationShape),
  objectPass(securityDefaults, "/policies/identitySecurityDefaultsEnforcementPolicy", securityDefaultsShape),
  {
    ...collectionPass(
      conditionalAccess,
      conditionalAccessPath,
      conditionalAccessShape,
      "Conditional Access policies are missing",
    ),
    // Few and small: as they are.
    from: conditionalAccessPath,
  },
]);
