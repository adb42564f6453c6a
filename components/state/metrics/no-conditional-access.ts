import { anyIsFinding, type Metric, notAssessed } from "../metric";

const withoutDefaults = notAssessed(
  "no-data",
  "Microsoft Graph showed no policy of security defaults. Collect the stream policies again.",
);

export const noConditionalAccess: Metric = {
  id: "no-conditional-access",
  title: "No Conditional Access policy and no security defaults",
  what: "Whether the tenant has security defaults, or a Conditional Access policy that is on. Policies in report-only mode decide nothing.",
  why: "Without either a password is all that it takes: no second factor is asked for, and old protocols are let in.",
  remediation:
    "Switch security defaults on (Entra admin center > Overview > Properties), or make Conditional Access policies from Microsoft's templates and switch them on.",
  severity: "high",
  origin: "netwrix-1secure",
  fields: ["identitySecurityDefaultsEnforcementPolicy.isEnabled", "conditionalAccessPolicy.state"],
  needs: ["securityDefaultsPolicy"],
  uses: ["conditionalAccessPolicy"],
  thresholds: [],
  begin: ({ evidence, lack }) => {
    const found = evidence();
    let defaults: boolean | null | undefined;
    let enabled = 0;
    return {
      on: {
        securityDefaultsPolicy: (policy) => {
          defaults = policy.isEnabled;
          if (defaults !== true) found.add("policy", policy, { State: "disabled" });
        },
        conditionalAccessPolicy: (policy) => {
          if (policy.state === "enabled") enabled += 1;
          else found.add("policy", policy, { State: policy.state });
        },
      },
      finish: () => {
        const unread = lack("conditionalAccessPolicy");
        if (defaults === undefined && enabled === 0) return withoutDefaults;
        if (defaults === true || (unread === undefined && enabled > 0)) {
          return { finding: false, count: 0, evidence: evidence() };
        }
        if (unread === undefined) return anyIsFinding(found);
        // A tenant without the licence has no Conditional Access.
        if (unread.code !== "license-missing") return notAssessed(unread.code, unread.message);
        return { ...anyIsFinding(found), note: unread.message };
      },
    };
  },
};
