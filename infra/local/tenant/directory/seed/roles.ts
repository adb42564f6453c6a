import type { SeedContext } from "./context";
import type { SeededGroups } from "./groups";
import type { SeededUsers } from "./users";

/** Template ids of the roles that the seed hands out (page "Microsoft Entra built-in roles"). */
const globalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
const userAdministrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";
const helpdeskAdministrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const exchangeAdministrator = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const securityReader = "5d6b6bb7-de71-4623-b4af-96380a352509";

/** Gives administrative roles to people and a group, some active, some eligible. */
export function seedRoles(context: SeedContext, users: SeededUsers, groups: SeededGroups): void {
  const random = context.random("roles");
  const [first, second, third = first, fourth = second] = users.members;
  const active: readonly (readonly [string | undefined, string])[] = [
    [first, globalAdministrator],
    [second, globalAdministrator],
    [third, userAdministrator],
    [fourth, exchangeAdministrator],
    [groups.roleAssignable, helpdeskAdministrator],
    // What a review should find.
    [users.guests[0], userAdministrator],
  ];
  for (const [principalId, roleDefinitionId] of active) {
    if (!principalId) continue;
    activate(context, roleDefinitionId);
    const id = random.guid();
    context.directory.directoryRoleAssignments.put({
      id,
      principalId,
      roleDefinitionId,
      directoryScopeId: "/",
    });
  }
  for (const principalId of users.members.slice(4, 8)) {
    context.directory.roleEligibilities.put({
      id: random.guid(),
      principalId,
      roleDefinitionId: securityReader,
      directoryScopeId: "/",
      startDateTime: new Date(context.today - 30 * 86_400_000).toISOString(),
      endDateTime: null,
    });
  }
}

/** A role shows in `directoryRoles` once somebody used it. */
function activate({ directory, random }: SeedContext, roleTemplateId: string): void {
  if (directory.directoryRoles.by("roleTemplateId", roleTemplateId).length > 0) return;
  directory.directoryRoles.put({ id: random(`directory-role/${roleTemplateId}`).guid(), roleTemplateId });
}
