import { describeHoldings, roleFields, roleHolderUses } from "../facts/role-holders";
import { type Metric, shareIsFinding } from "../metric";

export const administrativeGroups: Metric = {
  id: "administrative-groups",
  title: "Administrative groups",
  what: "Groups that hold a directory role, or were made so that they can.",
  why: "Whoever changes the members of such a group makes administrators. Few of them can be watched.",
  remediation: "Delete those that hold no role; let few and privileged people own and manage the others.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [...roleFields, "group.isAssignableToRole"],
  needs: ["group", "roleDefinition", "roleAssignment"],
  uses: roleHolderUses,
  thresholds: ["administrativeGroupsPercent"],
  begin: ({ evidence, roles, thresholds }) => {
    const found = evidence();
    let all = 0;
    return {
      on: {
        group: (group) => {
          all += 1;
          const held = roles.of(group.id);
          if (held.length === 0 && group.isAssignableToRole !== true) return;
          found.add("group", group, { Roles: describeHoldings(held), Created: group.createdDateTime });
        },
      },
      finish: () => shareIsFinding(found, all, thresholds.administrativeGroupsPercent),
    };
  },
};
