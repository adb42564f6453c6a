import { describeHoldings, roleFields, roleHolderNeeds, roleHolderUses } from "../facts/role-holders";
import { anyIsFinding, type Metric } from "../metric";
import { isGuest } from "./lib/sleepers";

export const privilegedGuests: Metric = {
  id: "privileged-guests",
  title: "Guests in privileged roles",
  what: "Guests that hold, or may activate, a directory role of the tier set as privileged.",
  why: "The account belongs to another organization: how it is protected, and when it ends, is decided there.",
  remediation:
    "Remove the assignment; give outside administrators an account of this tenant, or let a partner relationship (GDAP) carry the role.",
  severity: "high",
  origin: "entra-connectors",
  fields: [...roleFields, "user.userType"],
  needs: ["user", ...roleHolderNeeds],
  uses: roleHolderUses,
  thresholds: ["privilegedTier"],
  begin: ({ evidence, roles, thresholds }) => {
    const found = evidence();
    return {
      on: {
        user: (user) => {
          if (!isGuest(user)) return;
          const held = roles.of(user.id).filter(({ tier }) => tier <= thresholds.privilegedTier);
          if (held.length === 0) return;
          found.add("user", user, {
            "User principal name": user.userPrincipalName,
            Roles: describeHoldings(held),
            Enabled: user.accountEnabled,
          });
        },
      },
      finish: () => anyIsFinding(found),
    };
  },
};
