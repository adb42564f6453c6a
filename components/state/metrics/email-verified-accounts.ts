import { anyIsFinding, type Metric } from "../metric";

export const emailVerifiedAccounts: Metric = {
  id: "email-verified-accounts",
  title: "Accounts made by email-verified self-service",
  what: "Accounts that people made for themselves by proving that they receive mail at one of the tenant's domains.",
  why: "Nobody approved these accounts. Whoever gets hold of a mailbox of the domain, a shared or forgotten one for example, gets a foothold in the tenant.",
  remediation:
    "Delete accounts that nobody vouches for, and set allowEmailVerifiedUsersToJoinOrganization to false (Update authorizationPolicy).",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: ["user.creationType", "user.accountEnabled", "user.createdDateTime"],
  needs: ["user"],
  thresholds: [],
  begin: ({ evidence }) => {
    const found = evidence();
    return {
      on: {
        user: (user) => {
          if (user.creationType !== "EmailVerified") return;
          found.add("user", user, {
            "User principal name": user.userPrincipalName,
            Created: user.createdDateTime,
            Enabled: user.accountEnabled,
          });
        },
      },
      finish: () => anyIsFinding(found),
    };
  },
};
