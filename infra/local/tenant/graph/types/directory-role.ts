import { builtInRoles } from "../../directory/data/built-in-roles.generated";
import type { DirectoryRole } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { date, defineType, type Item, readOnly, text } from "../entity-type";
import { findObjects } from "../objects";

const byTemplate = new Map(builtInRoles.map((role) => [role.templateId, role]));

/** The built-in role of a template id; undefined for an unknown one. */
export const builtInRole = (templateId: string) => byTemplate.get(templateId);

/** Principals that hold a role actively in the whole directory. */
export function roleMembers(directory: Directory, roleTemplateId: string): Iterable<Item> {
  const ids = directory.directoryRoleAssignments
    .by("roleDefinitionId", roleTemplateId)
    .filter((assignment) => assignment.directoryScopeId === "/")
    .map((assignment) => assignment.principalId);
  return findObjects(directory, ids);
}

/** Microsoft page "directoryRole resource type". */
export const directoryRoleType = defineType<DirectoryRole>({
  name: "directoryRole",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    description: text(readOnly),
    displayName: text(readOnly),
    roleTemplateId: text({ access: "create" }),
  },
  computed: {
    displayName: (role) => byTemplate.get(role.roleTemplateId)?.displayName ?? null,
    description: (role) => byTemplate.get(role.roleTemplateId)?.description ?? null,
  },
  navigations: () => ({
    members: {
      related: (role, directory) => roleMembers(directory, role.roleTemplateId),
      path: "/directoryRoles/{id}/members",
      limit: 20,
    },
  }),
});
