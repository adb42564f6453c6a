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
    const standing = new CompactMap();
    let all = 0;
    let unknown = 0;
    return {
      on: {
        userRegistrationDetails: ({ id, isMfaRegistered, isAdmin }) => {
          standing.set(id, isMfaRegistered === true ? registered : isAdmin === true ? bareAdmin : bare);
        },
        user: (user) => {
          if (user.accountEnabled !== true || isGuest(user)) return;
          all += 1;
          const known = standing.get(user.id);
          if (known === undefined) unknown += 1;
          if (known !== bare && known !== bareAdmin) return;
          const details = {
            "User principal name": user.userPrincipalName,
            Administrator: known === bareAdmin,
            Created: user.createdDateTime,
          };
          found.add("user", user, details, known === bareAdmin ? 0 : 1);
        },
      },
      finish: () => ({
        ...anyIsFinding(found, all),
        ...(unknown > 0 && {
          note: `Microsoft's report on registrations does not have ${unknown} of them yet.`,
        }),
      }),
    };
  },
};

/** How a user stands in Microsoft's report. */
const [registered, bare, bareAdmin] = [0, 1, 2];
