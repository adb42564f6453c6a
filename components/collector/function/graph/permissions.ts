/** The least application permission by the first segments of a path: what a 403 without a name most likely lacks. */
const byPath: readonly (readonly [RegExp, string])[] = [
  [/^\/(auditlogs)\//, "AuditLog.Read.All"],
  [/^\/reports\/(authenticationmethods|serviceprincipalsigninactivities)/, "AuditLog.Read.All"],
  [/^\/reports\//, "Reports.Read.All"],
  [/^\/(policies|identity\/conditionalaccess)\//, "Policy.Read.All"],
  [/^\/identityprotection\/riskyusers/, "IdentityRiskyUser.Read.All"],
  [/^\/identityprotection\/riskyserviceprincipals/, "IdentityRiskyServicePrincipal.Read.All"],
  [/^\/rolemanagement\/directory\/roleeligibility/, "RoleEligibilitySchedule.Read.Directory"],
  [/^\/rolemanagement\//, "RoleManagement.Read.Directory"],
  [/^\/directoryroles/, "RoleManagement.Read.Directory"],
  [/^\/(directory\/)?administrativeunits/, "AdministrativeUnit.Read.All"],
  [/^\/oauth2permissiongrants/, "Directory.Read.All"],
  [/^\/(applications|serviceprincipals)/, "Application.Read.All"],
  [/^\/users/, "User.Read.All"],
  [/^\/groups/, "GroupMember.Read.All"],
  [/^\/devices/, "Device.Read.All"],
  [/^\/subscribedskus/, "LicenseAssignment.Read.All"],
  [/^\/domains/, "Domain.Read.All"],
  [/^\/organization/, "Organization.Read.All"],
];

/** @param path of a request, with or without the version */
export function leastPermission(path: string): string | undefined {
  const bare = path.toLowerCase().replace(/^\/(v1\.0|beta)(?=\/)/, "");
  return byPath.find(([pattern]) => pattern.test(bare))?.[1];
}
