/** Accounts that nobody uses. */
import type { Evidence } from "../../evidence";
import type { Account } from "../../facts/accounts";
import { type MetricContext, notAssessed } from "../../metric";

export const activityFields = [
  "user.accountEnabled",
  "user.userType",
  "user.createdDateTime",
  "user.externalUserState",
  "user.signInActivity",
] as const;

const day = 86_400_000;

export const withoutActivity = notAssessed(
  "opt-in-off",
  "No last sign-in was collected. Switch on signInActivity for the connector: it takes AuditLog.Read.All and Entra ID P1 or P2.",
);

export const isGuest = ({ userType }: Pick<Account, "userType">): boolean => userType === "Guest";

/** The moment before which the last sign-in must have been. */
export const asleepSince = (now: number, days: number): number => now - days * day;

/** Finds enabled accounts that have not signed in since a moment; those made after it have not had the time. */
export function sleepers(
  { accounts, evidence, now }: MetricContext,
  concerns: (account: Account) => boolean,
  since: number,
): { readonly evidence: Evidence; readonly all: () => number } {
  const found = evidence();
  let all = 0;
  accounts.listen((account, lastSeen) => {
    if (!concerns(account)) return;
    all += 1;
    const last = lastSeen ?? account.created;
    if (last === undefined || last >= since) return;
    found.add("user", account, {
      "User principal name": account.userPrincipalName,
      "Last sign-in": lastSeen === undefined ? "never" : isoDay(lastSeen),
      "Days ago": lastSeen === undefined ? null : Math.floor((now - lastSeen) / day),
      Created: account.created === undefined ? null : isoDay(account.created),
      Invitation: account.externalUserState,
    });
  });
  return { evidence: found, all: () => all };
}

/** `2026-01-31`. */
export const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
