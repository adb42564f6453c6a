import { instant } from "../facts/accounts";
import { anyIsFinding, type Metric } from "../metric";
import type { Records } from "../records";

const day = 86_400_000;
type Credential = NonNullable<Records["application"]["passwordCredentials"]>[number];
type Holder = Pick<
  Records["application"],
  "id" | "appId" | "displayName" | "passwordCredentials" | "keyCredentials"
>;

export const expiringCredentials: Metric = {
  id: "expiring-credentials",
  title: "Expired or soon expiring credentials of applications",
  what: "Secrets and certificates of app registrations and service principals that have expired or soon will. Managed identities' rotate by themselves and are left out.",
  why: "When the credential in use expires, whatever signs in with it stops. Expired ones that nobody removed hide which one is in use.",
  remediation:
    "Make a new credential, hand it over, then remove the old one. Connectors of this project: see rotation in the README.",
  severity: "medium",
  origin: "entra-connectors",
  fields: [
    "application.passwordCredentials",
    "application.keyCredentials",
    "servicePrincipal.passwordCredentials",
    "servicePrincipal.keyCredentials",
  ],
  needs: ["application", "servicePrincipal"],
  thresholds: ["credentialExpiryDays"],
  begin: ({ evidence, now, thresholds }) => {
    const found = evidence();
    let all = 0;
    const take = (type: string, holder: Holder, kind: string, credential: Credential) => {
      all += 1;
      const end = instant(credential.endDateTime);
      if (end === undefined || end > now + thresholds.credentialExpiryDays * day) return;
      const details = {
        "Application id": holder.appId,
        Kind: kind,
        Credential: credential.displayName ?? credential.keyId,
        Expires: credential.endDateTime,
        State: end <= now ? "expired" : "expires soon",
      };
      // One that still works and soon won't is more urgent than one that has stopped working.
      found.add(type, holder, details, end <= now ? 1 : 0);
    };
    const visit = (type: string, holder: Holder) => {
      for (const one of holder.passwordCredentials ?? []) take(type, holder, "secret", one);
      for (const one of distinct(holder.keyCredentials ?? [])) take(type, holder, "certificate", one);
    };
    return {
      on: {
        application: (application) => visit("application", application),
        servicePrincipal: (principal) => {
          if (principal.servicePrincipalType !== "ManagedIdentity") visit("servicePrincipal", principal);
        },
      },
      finish: () => anyIsFinding(found, all),
    };
  },
};

/** A certificate for single sign-on is listed twice, for signing and for verifying. */
function distinct(credentials: readonly Credential[]): readonly Credential[] {
  const seen = new Set<string>();
  return credentials.filter(({ keyId, displayName, endDateTime }) => {
    const mark = displayName === null ? (keyId ?? "") : `${displayName} ${endDateTime}`;
    if (seen.has(mark)) return false;
    seen.add(mark);
    return true;
  });
}
