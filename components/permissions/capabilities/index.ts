import type { Capability } from "./capability";
import { readDirectoryAudits, readSignInActivity } from "./read-activity";
import {
  readDirectoryRoles,
  readEnterpriseApplications,
  readGroups,
  readLicenses,
  readManagedIdentities,
  readUsers,
} from "./read-directory";
import {
  forceScimProvisioning,
  provisionAppAssignments,
  provisionDirectoryRoles,
  provisionExchangeGroups,
  provisionExchangeGroupsAsRecipientAdministrator,
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
  readLicenses,
  readSignInActivity,
  readDirectoryAudits,
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
];

const byId = new Map(capabilities.map((capability) => [capability.id, capability]));

/** The capability with that id, as a manifest names it; undefined when this version does not know it. */
export function findCapability(id: string): Capability | undefined {
  return byId.get(id);
}
