import { anyIsFinding, type Metric, type MetricContext } from "../metric";
import { activityFields, asleepSince, isGuest, sleepers, withoutActivity } from "./lib/sleepers";

export const inactiveUsers: Metric = {
  id: "inactive-users",
  title: "Inactive user accounts",
  what: "Enabled accounts of the organization, guests apart, that have not signed in for some time, or never since they were made that long ago.",
  why: "An account that nobody uses can be taken over and misused without anybody noticing.",
  remediation:
    "Find out whether the person left or the account serves an application; disable it, and delete it after a while.",
  severity: "medium",
  origin: "netwrix-1secure",
  fields: activityFields,
  needs: ["user", "userSignInActivity"],
  thresholds: ["inactiveUserDays"],
  begin: (context: MetricContext) => {
    const { now, thresholds, accounts } = context;
    const found = sleepers(
      context,
      (account) => !isGuest(account),
      asleepSince(now, thresholds.inactiveUserDays),
    );
    return { finish: () => (accounts.known ? anyIsFinding(found.evidence, found.all()) : withoutActivity) };
  },
};
