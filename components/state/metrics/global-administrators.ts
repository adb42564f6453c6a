import {
  describeHoldings,
  globalAdministrator,
  roleFields,
  roleHolderNeeds,
  roleHolderUses,
} from "../facts/role-holders";
import type { Metric } from "../metric";

export const globalAdministrators: Metric = {
  id: "global-administrators",
  title: "Improper number of Global Administrators",
  what: "Enabled users that are Global Administrator or may activate the role, by themselves or as a member of a group. Who may only activate membership of such a group (PIM for Groups) is not seen.",
  why: "A Global Administrator can do everything. Many are many ways in; a single one who is locked out locks out the organization.",
  remediation:
    "Keep two to four, among them two emergency accounts; give the others the role that does their job.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: [...roleFields, "user.accountEnabled"],
  needs: ["user", ...roleHolderNeeds],
  uses: roleHolderUses,
  thresholds: ["leastGlobalAdministrators", "mostGlobalAdministrators"],
  begin: ({ evidence, roles, thresholds }) => {
    const found = evidence();
    return {
      on: {
        user: (user) => {
          if (user.accountEnabled !== true) return;
          const held = roles
            .of(user.id)
            .filter(({ roleDefinitionId }) => roleDefinitionId === globalAdministrator);
          if (held.length === 0) return;
          found.add("user", user, {
            "User principal name": user.userPrincipalName,
            Role: describeHoldings(held),
            Guest: user.userType === "Guest",
          });
        },
      },
      finish: () => {
        const count = found.total;
        const { leastGlobalAdministrators: least, mostGlobalAdministrators: most } = thresholds;
        return { finding: count < least || count > most, count, evidence: found };
      },
    };
  },
};
