import { expect, test } from "vitest";
import { planConnector } from "../../../components/permissions/plan";
import { connector } from "../permissions/connector";

/** Every permission and directory role of a connector, sorted. */
function asked(
  profile: string,
  options: Parameters<typeof connector>[0] extends infer C
    ? C extends { options?: infer O }
      ? O
      : never
    : never,
) {
  const { apis, directoryRoles } = planConnector(connector({ profile, options: options ?? {} }), []);
  return [
    ...apis.flatMap(({ roles }) => roles.map(({ value }) => value)),
    ...directoryRoles.map(({ displayName }) => displayName),
  ].sort();
}

const off = { activity: false, logons: { failed: false, successful: false }, state: false };

test("1Secure: each switch brings exactly its own permissions", () => {
  expect(asked("netwrix-1secure-entra-id", off)).toEqual([]);
  expect(asked("netwrix-1secure-entra-id", { ...off, activity: true })).toEqual(["AuditLog.Read.All"]);
  expect(asked("netwrix-1secure-entra-id", { ...off, logons: { failed: true, successful: false } })).toEqual([
    "AuditLog.Read.All",
  ]);
  const state = [
    "Application.Read.All",
    "AuditLog.Read.All",
    "Domain.Read.All",
    "GroupMember.Read.All",
    "Policy.Read.All",
    "RoleManagement.Read.Directory",
    "User.Read.All",
  ];
  expect(asked("netwrix-1secure-entra-id", { ...off, state: true })).toEqual(state);
  expect(asked("netwrix-1secure-entra-id", { ...off, state: true, unifiedAuditLogCheck: true })).toEqual(
    [...state, "Exchange.ManageAsApp", "Global Reader"].sort(),
  );
  expect(asked("netwrix-1secure-entra-id", { ...off, excludedServiceAccountGroups: ["x"] })).toEqual([
    "GroupMember.Read.All",
  ]);
});

test("1Secure for Exchange: non-owner events are in the same feed", () => {
  expect(asked("netwrix-1secure-exchange-online", {})).toEqual(["ActivityFeed.Read"]);
  expect(asked("netwrix-1secure-exchange-online", { nonOwnerMailboxAudit: true })).toEqual([
    "ActivityFeed.Read",
  ]);
});

test("Threat Manager: each switch takes its own permissions away, and none of them writes", () => {
  const all = asked("netwrix-threat-manager", {});
  expect(all).toEqual([
    "AdministrativeUnit.Read.All",
    "Application.Read.All",
    "Device.Read.All",
    "GroupMember.Read.All",
    "IdentityRiskyServicePrincipal.Read.All",
    "IdentityRiskyUser.Read.All",
    "Organization.Read.All",
    "RoleManagement.Read.Directory",
    "User.Read.All",
  ]);
  const without = (option: string) =>
    all.filter((role) => !asked("netwrix-threat-manager", { [option]: false }).includes(role));
  expect(without("riskyUsers")).toEqual([
    "IdentityRiskyServicePrincipal.Read.All",
    "IdentityRiskyUser.Read.All",
  ]);
  expect(without("devices")).toEqual(["Device.Read.All"]);
  expect(without("administrativeUnits")).toEqual(["AdministrativeUnit.Read.All"]);
});
