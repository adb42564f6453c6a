import { describe, expect, test } from "vitest";
import { findProfile, profiles, UnknownProfileError } from "../../../components/profiles";
import { connector } from "../permissions/connector";

/** The lists as the guides print them, in their order. */
const printed: readonly (readonly [string, Parameters<typeof connector>[0], string])[] = [
  ["netwrix-identity-manager", {}, "Directory.Read.All"],
  ["netwrix-identity-manager", { access: "read-write" }, "Directory.ReadWrite.All"],
  [
    "conductorone",
    {},
    `Application.Read.All AuditLog.Read.All Directory.Read.All Group.Read.All GroupMember.Read.All MailboxSettings.Read
     RoleAssignmentSchedule.Read.Directory RoleEligibilitySchedule.Read.Directory RoleManagement.Read.All
     RoleManagement.Read.Directory RoleManagementAlert.Read.Directory RoleManagementPolicy.Read.AzureADGroup
     RoleManagementPolicy.Read.Directory ServicePrincipalEndpoint.Read.All User.Read.All User.ReadBasic.All`,
  ],
  [
    "conductorone",
    { access: "read-write" },
    `Application.ReadWrite.All AppRoleAssignment.ReadWrite.All AuditLog.Read.All Directory.ReadWrite.All
     Group.ReadWrite.All GroupMember.ReadWrite.All MailboxSettings.ReadWrite RoleAssignmentSchedule.Read.Directory
     RoleEligibilitySchedule.Read.Directory RoleManagement.Read.All RoleManagement.ReadWrite.Directory
     RoleManagementAlert.Read.Directory RoleManagementPolicy.Read.AzureADGroup RoleManagementPolicy.Read.Directory
     ServicePrincipalEndpoint.ReadWrite.All Synchronization.ReadWrite.All User.ReadWrite.All User.ReadBasic.All
     User.EnableDisableAccount.All`,
  ],
  [
    "netwrix-threat-manager",
    {},
    `AdministrativeUnit.Read.All Application.Read.All Device.Read.All Group.Read.All GroupMember.Read.All
     IdentityRiskyServicePrincipal.Read.All IdentityRiskyUser.Read.All Organization.Read.All
     RoleAssignmentSchedule.ReadWrite.Directory RoleEligibilitySchedule.ReadWrite.Directory RoleManagement.Read.All
     User.Read.All`,
  ],
  [
    "netwrix-1secure-entra-id",
    {},
    "Directory.Read.All AuditLog.Read.All Policy.Read.All ActivityFeed.Read Exchange.ManageAsApp",
  ],
  ["netwrix-1secure-exchange-online", {}, "ActivityFeed.Read"],
  [
    "netwrix-1secure-exchange-online",
    { options: { nonOwnerMailboxAudit: true } },
    "ActivityFeed.Read Exchange.ManageAsApp",
  ],
];

test.each(printed)("%s %j: the vendor's list, verbatim", (profile, changes, list) => {
  const documented = findProfile(profile).documented(connector({ profile, ...changes }));
  expect(documented?.roles.map(({ value }) => value)).toEqual(list.split(/\s+/));
});

test("never Global Administrator", () => {
  const options = { exchangeGroups: true, deprovisionPrivilegedUsers: true, nonOwnerMailboxAudit: true };
  for (const { id, documented } of profiles.filter(({ id }) => id !== "custom")) {
    const list = documented(connector({ profile: id, access: "read-write", options }));
    expect(list?.directoryRoles ?? []).not.toContain("Global Administrator");
  }
});

describe("every profile", () => {
  test.each(profiles.map((profile) => [profile.id, profile] as const))(
    "%s describes its settings and takes its own default credential",
    (_, profile) => {
      for (const [name, schema] of Object.entries(profile.options.shape)) {
        expect((schema as { description?: string }).description, name).toMatch(/\.$/);
      }
      expect(profile.credentialKinds).toEqual(expect.arrayContaining([...profile.defaultCredentials]));
      for (const setting of Object.keys(profile.readWriteOptions))
        expect(Object.keys(profile.options.shape)).toContain(setting);
    },
  );

  test("an unknown one is answered with the one that was meant", () => {
    expect(() => findProfile("conductor-one")).toThrow(UnknownProfileError);
    expect(() => findProfile("conductor-one")).toThrow(/Did you mean "conductorone"\?/);
  });
});
