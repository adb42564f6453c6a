import { CompactMap } from "../facts/compact-map";
import { anyIsFinding, type Metric } from "../metric";
import { isGuest } from "./lib/sleepers";

export const usersWithoutMfa: Metric = {
  id: "users-without-mfa",
  title: "Users without multifactor authentication configured",
  what: "Enabled accounts of the organization that have registered no method of multifactor sign-in. Guests sign in at home and are left out.",
  why: "A password alone falls to phishing, guessing and reuse. Whoever has it registers the second factor in the user's place.",
  remediation:
    "Have them register (registration campaign, or a Conditional Access policy on registering security information), administrators first; give service accounts another kind of identity.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: [
    "userRegistrationDetails.isMfaRegistered",
    "userRegistrationDetails.isAdmin",
    "user.accountEnabled",
    "user.userType",
  ],
  needs: ["user", "userRegistrationDetails"],
  thresholds: [],
  begin: ({ evidence }) => {
    const found = evidence();
    /** Of users without a method: 1 for administrators, else 0. */
    const unregistered = new CompactMap();
    let all = 0;
    return {
      on: {
        userRegistrationDetails: ({ id, isMfaRegistered, isAdmin }) => {
          if (isMfaRegistered !== true) unregistered.set(id, isAdmin === true ? 1 : 0);
        },
        user: (user) => {
          if (user.accountEnabled !== true || isGuest(user)) return;
          all += 1;
          const isAdmin = unregistered.get(user.id);
          if (isAdmin === undefined) return;
          found.add("user", user, {
            "User principal name": user.userPrincipalName,
            Administrator: isAdmin === 1,
            Created: user.createdDateTime,
          });
        },
      },
      finish: () => anyIsFinding(found, all),
    };
  },
};
