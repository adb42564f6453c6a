import {
  appPrivilegeFields,
  appPrivilegeNeeds,
  appPrivilegeUses,
  type PrivilegedApp,
} from "../facts/app-privileges";
import { anyIsFinding, type Metric, tierRank } from "../metric";

export const privilegedApplications: Metric = {
  id: "privileged-applications",
  title: "Applications with high-privilege permissions",
  what: "Applications and managed identities that were granted dangerous application permissions or hold a dangerous directory role. Microsoft's own are left out.",
  why: "An application signs in without a second factor and at any hour; whoever has its secret has its permissions.",
  remediation:
    "Ask what each needs (permissions explain <permission> names narrower ones), revoke the rest, and have the others use certificates or federation.",
  severity: "high",
  origin: "entra-connectors",
  fields: appPrivilegeFields,
  needs: appPrivilegeNeeds,
  uses: appPrivilegeUses,
  thresholds: ["privilegedTier"],
  begin: ({ evidence, apps, thresholds }) => ({
    finish: () => {
      const found = evidence();
      for (const app of apps.privileged(thresholds.privilegedTier)) {
        const details = {
          "Application id": app.appId,
          "Kind of principal": app.servicePrincipalType,
          "Most dangerous": app.privileges[0].tier,
          Permissions: namesOf(app),
          Why: app.privileges[0].reason,
        };
        found.add("servicePrincipal", app, details, tierRank(app.privileges[0].tier));
      }
      return anyIsFinding(found);
    },
  }),
};

const namesOf = ({ privileges }: PrivilegedApp): string =>
  privileges.map(({ name, tier }) => `${name} (${tier})`).join(", ");
