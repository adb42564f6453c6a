import type { Capability } from "./capability";
import {
  checkUnifiedAuditLog,
  prepareMailboxAuditing,
  provisionExchangeGroups,
  provisionExchangeGroupsAsRecipientAdministrator,
} from "./exchange";
import {
  readActivityFeed,
  readDirectoryAudits,
  readRegistrationDetails,
  readSignInActivity,
  readSignIns,
} from "./read-activity";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readLicenses,
  readManagedIdentities,
  readUsers,
} from "./read-directory";
import { readDelegatedGrants } from "./read-grants";
import {
  readAdministrativeUnits,
  readDevices,
  readDomains,
  readOrganization,
  readPolicies,
  readRiskyServicePrincipals,
  readRiskyUsers,
} from "./read-posture";
import {
  forceScimProvisioning,
  provisionAppAssignments,
  provisionDirectoryRoles,
  provisionLicenses,
} from "./write-access";
import {
  deprovisionPrivilegedUsers,
  manageGroups,
  manageUsers,
  provisionAccounts,
  provisionGroupMembers,
  provisionGroupOwners,
} from "./write-directory";

/** Everything a connector can be let do. */
export const capabilities: readonly Capability[] = [
  readUsers,
  readGroups,
  readEnterpriseApplications,
  readManagedIdentities,
  readDirectoryRoles,
  readDelegatedGrants,
  readLicenses,
  readSignInActivity,
  readDirectoryAudits,
  readSignIns,
  readRegistrationDetails,
  readActivityFeed,
  readPolicies,
  readDomains,
  readOrganization,
  readDevices,
  readAdministrativeUnits,
  readRiskyUsers,
  readRiskyServicePrincipals,
  checkUnifiedAuditLog,
  manageUsers,
  manageGroups,
  provisionAccounts,
  deprovisionPrivilegedUsers,
  provisionGroupMembers,
  provisionGroupOwners,
  provisionAppAssignments,
  provisionDirectoryRoles,
  provisionLicenses,
  forceScimProvisioning,
  provisionExchangeGroups,
  provisionExchangeGroupsAsRecipientAdministrator,
  prepareMailboxAuditing,
];

const byId = new Map(capabilities.map((capability) => [capability.id, capability]));

/** The capability with that id, as a manifest names it; undefined when this version does not know it. */
export function findCapability(id: string): Capability | undefined {
  return byId.get(id);
}
