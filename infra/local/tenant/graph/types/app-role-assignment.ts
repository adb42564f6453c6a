import type { AppRoleAssignment } from "../../directory/model";
import { date, defineType, readOnly, text } from "../entity-type";
import { displayNameOf } from "../relations";

/** Microsoft page "appRoleAssignment resource type". */
export const appRoleAssignmentType = defineType<AppRoleAssignment>({
  name: "appRoleAssignment",
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    appRoleId: text(),
    createdDateTime: date(readOnly),
    principalDisplayName: text(readOnly),
    principalId: text(),
    principalType: text(readOnly),
    resourceDisplayName: text(readOnly),
    resourceId: text(),
  },
  computed: {
    principalDisplayName: (assignment, directory) => displayNameOf(directory, assignment.principalId),
    resourceDisplayName: (assignment, directory) =>
      directory.servicePrincipals.get(assignment.resourceId)?.displayName ?? null,
  },
});
