/** What the streams need at least, all together, as a manifest grants it. */
export const readEverything = [
  "User.Read.All",
  "GroupMember.Read.All",
  "Application.Read.All",
  "Directory.Read.All",
  "RoleManagement.Read.Directory",
  "AdministrativeUnit.Read.All",
  "Device.Read.All",
  "IdentityRiskyUser.Read.All",
  "IdentityRiskyServicePrincipal.Read.All",
  "LicenseAssignment.Read.All",
  "Domain.Read.All",
  "Organization.Read.All",
  "Policy.Read.All",
  "AuditLog.Read.All",
] as const;
