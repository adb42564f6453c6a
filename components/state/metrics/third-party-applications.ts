import { anyIsFinding, type Metric, withoutPolicy } from "../metric";

/** Microsoft asks an administrator before a risky application gets consent, unless this is on. */
const riskyConsent = "allowUserConsentForRiskyApps";
const prefix = "ManagePermissionGrantsForSelf.";

/** Microsoft's built-in policies of consent. */
const meanings: Readonly<Record<string, string>> = {
  "microsoft-user-default-legacy": "Any application, for permissions that need no administrator.",
  "microsoft-user-default-low": "Applications of verified publishers, for permissions marked as low impact.",
  "microsoft-user-default-recommended": "What Microsoft recommends at the time.",
  "microsoft-user-default-allow-consent-apps": "Applications that the organization allows.",
};

export const thirdPartyApplications: Metric = {
  id: "third-party-applications",
  title: "Third-party applications allowed",
  what: "Policies by which users themselves may consent to what an application asks of their data.",
  why: "A user who is led to a malicious application gives it their mail and files with one click, past password and second factor.",
  remediation:
    "Entra admin center > Enterprise applications > Consent and permissions: Do not allow user consent; switch the admin consent workflow on. What must stay: toleratedConsentPolicies.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: [
    "authorizationPolicy.defaultUserRolePermissions.permissionGrantPoliciesAssigned",
    "authorizationPolicy.allowUserConsentForRiskyApps",
  ],
  needs: ["authorizationPolicy"],
  thresholds: ["toleratedConsentPolicies"],
  begin: ({ evidence, thresholds }) => {
    const found = evidence();
    let shown = false;
    const tolerated = new Set(thresholds.toleratedConsentPolicies);
    return {
      on: {
        authorizationPolicy: ({ defaultUserRolePermissions: all, allowUserConsentForRiskyApps: risky }) => {
          shown ||= all !== null;
          if (risky === true && !tolerated.has(riskyConsent)) {
            found.add(
              "setting",
              { id: riskyConsent },
              {
                "Users may consent to":
                  "Applications that Microsoft takes for risky, without an administrator.",
              },
            );
          }
          for (const assigned of all?.permissionGrantPoliciesAssigned ?? []) {
            const id = assigned.slice(prefix.length);
            if (!assigned.toLowerCase().startsWith(prefix.toLowerCase()) || tolerated.has(id)) continue;
            found.add("policy", { id }, { "Users may consent to": meanings[id] ?? "What the policy says." });
          }
        },
      },
      finish: () => (shown ? anyIsFinding(found) : withoutPolicy),
    };
  },
};
