import { anyIsFinding, type Metric, type MetricContext } from "../metric";
import { activityFields, asleepSince, isGuest, sleepers, withoutActivity } from "./lib/sleepers";

export const staleGuests: Metric = {
  id: "stale-guests",
  title: "Stale guest accounts",
  what: "Enabled guests that have not signed in for some time, or never since they were invited that long ago.",
  why: "Nobody misses an outside account that is not used, nor notices when somebody else takes it over; its access to groups and sites goes on.",
  remediation:
    "Ask the inviting team; disable the account, then delete it. Access reviews of guests do it regularly (Identity Governance).",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: activityFields,
  needs: ["user", "userSignInActivity"],
  thresholds: ["staleGuestDays"],
  begin: (context: MetricContext) => {
    const found = sleepers(context, isGuest, asleepSince(context.now, context.thresholds.staleGuestDays));
    return {
      finish: () => (context.accounts.known ? anyIsFinding(found.evidence, found.all()) : withoutActivity),
    };
  },
};
