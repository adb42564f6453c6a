/** Every metric, in the order of reports: the vendor's catalogue first. */
import type { Metric } from "../metric";
import { adminSignInFrequency } from "./admin-sign-in-frequency";
import { administrativeGroups } from "./administrative-groups";
import { administrativeUsers } from "./administrative-users";
import { defaultUserPermissions } from "./default-user-permissions";
import { emailVerifiedAccounts } from "./email-verified-accounts";
import { emptySecurityGroups } from "./empty-security-groups";
import { expiredDomains } from "./expired-domains";
import { expiringCredentials } from "./expiring-credentials";
import { globalAdministrators } from "./global-administrators";
import { graphPowerShellOpen } from "./graph-powershell";
import { inactiveUsers } from "./inactive-users";
import { noConditionalAccess } from "./no-conditional-access";
import { passwordNeverExpires } from "./password-never-expires";
import { privilegedApplicationOwners } from "./privileged-application-owners";
import { privilegedApplications } from "./privileged-applications";
import { privilegedGuests } from "./privileged-guests";
import { selfServicePasswordReset } from "./self-service-password-reset";
import { staleGuests } from "./stale-guests";
import { thirdPartyApplications } from "./third-party-applications";
import { unifiedAuditLog } from "./unified-audit-log";
import { unusedCredentials } from "./unused-credentials";
import { usersWithoutMfa } from "./users-without-mfa";

export const metrics: readonly Metric[] = [
  staleGuests,
  inactiveUsers,
  emailVerifiedAccounts,
  usersWithoutMfa,
  passwordNeverExpires,
  administrativeUsers,
  administrativeGroups,
  emptySecurityGroups,
  globalAdministrators,
  selfServicePasswordReset,
  unifiedAuditLog,
  noConditionalAccess,
  adminSignInFrequency,
  defaultUserPermissions,
  expiredDomains,
  graphPowerShellOpen,
  thirdPartyApplications,
  privilegedApplications,
  expiringCredentials,
  unusedCredentials,
  privilegedApplicationOwners,
  privilegedGuests,
];
