import { anyIsFinding, type Metric, withoutPolicy } from "../metric";

export const selfServicePasswordReset: Metric = {
  id: "self-service-password-reset",
  title: "Self-service password reset disabled (administrators)",
  what: "Whether administrators may reset their own password. Microsoft Graph does not show the setting for all other users.",
  why: "Who is locked out by accident or after an incident needs a way back that is not a call to the help desk, which can be talked into resets.",
  remediation:
    "Set allowedToUseSSPR to true (Update authorizationPolicy); for all other users: Entra admin center > Password reset > Properties.",
  severity: "low",
  origin: "netwrix-1secure",
  fields: ["authorizationPolicy.allowedToUseSSPR"],
  needs: ["authorizationPolicy"],
  thresholds: [],
  begin: ({ evidence }) => {
    const found = evidence();
    let shown = false;
    return {
      on: {
        authorizationPolicy: (policy) => {
          shown ||= policy.allowedToUseSSPR !== null;
          if (policy.allowedToUseSSPR === false) found.add("policy", policy, { allowedToUseSSPR: false });
        },
      },
      finish: () => (shown ? anyIsFinding(found) : withoutPolicy),
    };
  },
};
