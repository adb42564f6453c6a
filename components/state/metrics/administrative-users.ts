import { describeHoldings, roleFields, roleHolderNeeds, roleHolderUses } from "../facts/role-holders";
import { type Metric, shareIsFinding, tierRank } from "../metric";

export const administrativeUsers: Metric = {
  id: "administrative-users",
  title: "Users with administrative roles",
  what: "Users that hold a directory role, or may activate one, by themselves or as a member of a group. Who may only activate membership of such a group (PIM for Groups) is not seen.",
  why: "Every administrator is a target, and a mistake of theirs reaches far. Fewer administrators are fewer ways in.",
  remediation:
    "Take away roles that are not used; give the least role that does the job, eligible for activation instead of active, and on an administrative unit where that suffices.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [...roleFields, "user.accountEnabled", "user.userType"],
  needs: ["user", ...roleHolderNeeds],
  uses: roleHolderUses,
  thresholds: ["administrativeUsersPercent"],
  begin: ({ evidence, roles, thresholds }) => {
    const found = evidence();
    let all = 0;
    return {
      on: {
        user: (user) => {
          all += 1;
          const held = roles.of(user.id);
          const [first] = held.map(({ tier }) => tier).sort();
          if (first === undefined) return;
          const details = {
            "User principal name": user.userPrincipalName,
            Roles: describeHoldings(held),
            "Most dangerous": first,
            Enabled: user.accountEnabled,
            Guest: user.userType === "Guest",
          };
          found.add("user", user, details, tierRank(first));
        },
      },
      finish: () => shareIsFinding(found, all, thresholds.administrativeUsersPercent),
    };
  },
};
