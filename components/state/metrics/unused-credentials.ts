import { instant } from "../facts/accounts";
import { anyIsFinding, type Metric, type MetricContext } from "../metric";
import type { Records } from "../records";
import { isoDay, withoutActivity } from "./lib/sleepers";

const day = 86_400_000;
type Application = Records["application"];

export const unusedCredentials: Metric = {
  id: "unused-credentials",
  title: "Unused credentials of applications",
  what: "Valid secrets and certificates of app registrations that have not signed in as themselves for some time. Microsoft tells the last sign-in of the application in this tenant, not of each credential, nor of those in other tenants.",
  why: "A credential that nobody uses is missed by nobody when it is stolen.",
  remediation: "Remove the credential, and the registration where nothing else needs it.",
  severity: "medium",
  origin: "entra-connectors",
  fields: [
    "application.passwordCredentials",
    "application.keyCredentials",
    "servicePrincipalSignInActivity.applicationAuthenticationClientSignInActivity",
  ],
  needs: ["application", "servicePrincipalSignInActivity"],
  thresholds: ["unusedCredentialDays"],
  begin: (context) => {
    /** Applications with credentials that have been valid for long enough, by application id. */
    const idle = new Map<string, Idle>();
    let activities = 0;
    let all = 0;
    return {
      on: {
        application: (application) => {
          const credentials = settled(application, context);
          all += credentials.length;
          if (credentials.length > 0) idle.set(application.appId, { application, credentials });
        },
        servicePrincipalSignInActivity: (activity) => {
          activities += 1;
          const one = idle.get(activity.appId);
          const last = instant(
            activity.applicationAuthenticationClientSignInActivity?.lastSignInDateTime ?? null,
          );
          if (one === undefined || last === undefined) return;
          if (last >= since(context)) idle.delete(activity.appId);
          else one.last = last;
        },
      },
      finish: () => {
        if (activities === 0) return withoutActivity;
        const found = context.evidence();
        for (const { application, credentials, last } of idle.values()) {
          for (const [kind, credential] of credentials) {
            found.add("application", application, {
              "Application id": application.appId,
              Kind: kind,
              Credential: credential.displayName ?? credential.keyId,
              Expires: credential.endDateTime,
              "Last sign-in": last === undefined ? "none known" : isoDay(last),
            });
          }
        }
        return anyIsFinding(found, all);
      },
    };
  },
};

type Credential = NonNullable<Application["passwordCredentials"]>[number];
type Settled = readonly (readonly [kind: string, credential: Credential])[];

interface Idle {
  readonly application: Application;
  readonly credentials: Settled;
  /** Milliseconds of the last sign-in that is known. */
  last?: number;
}

const since = ({ now, thresholds }: MetricContext): number => now - thresholds.unusedCredentialDays * day;

/** Valid ones; one that was made lately has not had the time to be used. */
function settled({ passwordCredentials, keyCredentials }: Application, context: MetricContext): Settled {
  const isSettled = ({ startDateTime, endDateTime }: Credential) =>
    (instant(startDateTime) ?? 0) < since(context) && (instant(endDateTime) ?? 0) > context.now;
  return [
    ...(passwordCredentials ?? []).filter(isSettled).map((one) => ["secret", one] as const),
    ...(keyCredentials ?? []).filter(isSettled).map((one) => ["certificate", one] as const),
  ];
}
