import { anyIsFinding, type Metric } from "../metric";

export const passwordNeverExpires: Metric = {
  id: "password-never-expires",
  title: "Passwords that never expire",
  what: "Enabled accounts with the password policy DisablePasswordExpiration. A domain whose passwords never expire is not counted here.",
  why: "A password that leaked works for good. Microsoft advises passwords that don't expire only together with multifactor sign-in, banned passwords and detection of leaked ones.",
  remediation:
    "Where these are not in place for all, set passwordPolicies to None for people's accounts; replace service accounts with managed identities or applications.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [
    "user.passwordPolicies",
    "user.accountEnabled",
    "user.lastPasswordChangeDateTime",
    "user.onPremisesSyncEnabled",
  ],
  needs: ["user"],
  thresholds: [],
  begin: ({ evidence }) => {
    const found = evidence();
    let all = 0;
    return {
      on: {
        user: (user) => {
          if (user.accountEnabled !== true) return;
          all += 1;
          if (!/\bDisablePasswordExpiration\b/i.test(user.passwordPolicies ?? "")) return;
          found.add("user", user, {
            "User principal name": user.userPrincipalName,
            "Last password change": user.lastPasswordChangeDateTime,
            Synchronized: user.onPremisesSyncEnabled === true,
          });
        },
      },
      finish: () => anyIsFinding(found, all),
    };
  },
};
