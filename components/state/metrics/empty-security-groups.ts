import { CompactMap } from "../facts/compact-map";
import { type Metric, shareIsFinding } from "../metric";
import type { Records } from "../records";

export const emptySecurityGroups: Metric = {
  id: "empty-security-groups",
  title: "Empty security groups",
  what: "Security groups without any direct member.",
  why: "An empty group may still open doors. Whoever is put in, and nobody watches an empty group, gets all that it was given.",
  remediation: "Find out what the group was given, then delete it.",
  severity: "low",
  origin: "netwrix-1secure",
  fields: ["group.securityEnabled", "group.visibility", "group.members"],
  needs: ["group", "groupMember"],
  thresholds: ["emptySecurityGroupsPercent"],
  begin: ({ evidence, thresholds }) => {
    const found = evidence();
    /** Groups that have members; those that have none so far. */
    const inhabited = new CompactMap();
    const empty = new Map<string, Records["group"]>();
    let all = 0;
    return {
      on: {
        groupMember: ({ parentId }) => {
          inhabited.set(parentId, 1);
          empty.delete(parentId);
        },
        group: (group) => {
          // Whether a group with hidden members is empty can't be seen.
          if (group.securityEnabled !== true || group.visibility === "HiddenMembership") return;
          all += 1;
          if (inhabited.get(group.id) === undefined) empty.set(group.id, group);
        },
      },
      finish: () => {
        for (const group of empty.values()) found.add("group", group, { Created: group.createdDateTime });
        return shareIsFinding(found, all, thresholds.emptySecurityGroupsPercent);
      },
    };
  },
};
