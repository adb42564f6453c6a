import { type Metric, notAssessed } from "../metric";

export const unusedCredentials: Metric = {
  id: "unused-credentials",
  title: "Unused credentials of applications",
  what: "Valid secrets and certificates that no application has signed in with for some time.",
  why: "A credential that nobody uses is missed by nobody when it is stolen.",
  remediation: "Remove it: where several are valid, the one that is not used is the one to remove.",
  severity: "medium",
  origin: "entra-connectors",
  fields: ["application.passwordCredentials", "application.keyCredentials"],
  needs: ["application"],
  thresholds: [],
  begin: () => ({
    finish: () =>
      notAssessed(
        "no-data",
        "Microsoft shows the last use of a credential in a report of Graph beta alone (appCredentialSignInActivities), which is not collected.",
      ),
  }),
};
