/** Types of entities that are stored as they are returned. */
import type { PlainEntity } from "../../directory/model";
import {
  date,
  defineType,
  type EntityType,
  flag,
  integer,
  object,
  objects,
  type Property,
  text,
  texts,
} from "../entity-type";

function plainType(
  name: string,
  properties: Readonly<Record<string, Property>>,
  page?: EntityType["page"],
): EntityType {
  return defineType<PlainEntity>({ name, properties: { id: text(), ...properties }, ...(page && { page }) });
}

export const organizationType = plainType("organization", {
  deletedDateTime: date(),
  businessPhones: texts(),
  city: text(),
  country: text(),
  countryLetterCode: text(),
  createdDateTime: date(),
  defaultUsageLocation: text(),
  displayName: text(),
  isMultipleDataLocationsForServicesEnabled: flag(),
  marketingNotificationEmails: texts(),
  onPremisesLastSyncDateTime: date(),
  onPremisesSyncEnabled: flag(),
  partnerTenantType: text(),
  postalCode: text(),
  preferredLanguage: text(),
  securityComplianceNotificationMails: texts(),
  securityComplianceNotificationPhones: texts(),
  state: text(),
  street: text(),
  technicalNotificationMails: texts(),
  tenantType: text(),
  assignedPlans: objects(),
  privacyProfile: object(),
  provisionedPlans: objects(),
  verifiedDomains: objects(),
});

export const domainType = plainType("domain", {
  authenticationType: text(),
  availabilityStatus: text(),
  isAdminManaged: flag(),
  isDefault: flag(),
  isInitial: flag(),
  isRoot: flag(),
  isVerified: flag(),
  passwordNotificationWindowInDays: integer(),
  passwordValidityPeriodInDays: integer(),
  state: object(),
  supportedServices: texts(),
});

export const riskyUserType = plainType(
  "riskyUser",
  {
    isDeleted: flag(),
    isProcessing: flag(),
    riskDetail: text(),
    riskLastUpdatedDateTime: date(),
    riskLevel: text(),
    riskState: text(),
    userDisplayName: text(),
    userPrincipalName: text(),
  },
  { default: 100, maximum: 500 },
);

/** Microsoft page "riskyServicePrincipal resource type". */
export const riskyServicePrincipalType = plainType(
  "riskyServicePrincipal",
  {
    appId: text(),
    displayName: text(),
    isEnabled: flag(),
    isProcessing: flag(),
    riskDetail: text(),
    riskLastUpdatedDateTime: date(),
    riskLevel: text(),
    riskState: text(),
    servicePrincipalType: text(),
  },
  { default: 100, maximum: 500 },
);

/** Microsoft page "orgContact resource type". */
export const orgContactType = plainType("orgContact", {
  companyName: text(),
  department: text(),
  displayName: text(),
  givenName: text(),
  jobTitle: text(),
  mail: text(),
  mailNickname: text(),
  onPremisesLastSyncDateTime: date(),
  onPremisesSyncEnabled: flag(),
  proxyAddresses: texts(),
  surname: text(),
});

/** For lists that are always empty here: any common property may be named in a query. */
export const emptyType = plainType("entity", {
  activityDateTime: date(),
  createdDateTime: date(),
  displayName: text(),
  principalId: text(),
  groupId: text(),
  accessId: text(),
  riskLastUpdatedDateTime: date(),
  detectedDateTime: date(),
  scopeId: text(),
  scopeType: text(),
  status: text(),
});
