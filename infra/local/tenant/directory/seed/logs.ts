import type { Feeds } from "../../feeds";
import { isFirstParty } from "../first-party";
import { daysAgo, type SeedContext } from "./context";
import type { SeededUsers } from "./users";

/** Events for each user over the span of the logs, and at most; more are made at the admin endpoint. */
const perUser = { signIns: 8, audits: 3, exchange: 6 };
const most = { signIns: 20_000, audits: 5_000, exchange: 20_000 };
const days = 25;

/** Feeds of the last days, one risky user and one risky principal. */
export function seedLogs(context: SeedContext, feeds: Feeds, users: SeededUsers, seed: number): void {
  const random = context.random("logs");
  const { directory } = context;
  const people = users.members.length;
  if (people === 0) return;
  feeds.seed({
    signIns: Math.min(most.signIns, people * perUser.signIns),
    audits: Math.min(most.audits, people * perUser.audits),
    exchange: Math.min(most.exchange, people * perUser.exchange),
    from: context.today - days * 86_400_000,
    to: context.now,
    seed,
  });
  seedRiskyPrincipal(context);
  const risky = directory.users.get(users.members.at(-1) ?? "");
  if (risky === undefined) return;
  directory.riskyUsers.put({
    id: risky.id,
    properties: {
      userDisplayName: risky.displayName,
      userPrincipalName: risky.userPrincipalName,
      isDeleted: false,
      isProcessing: false,
      riskLevel: "medium",
      riskState: "atRisk",
      riskDetail: "none",
      riskLastUpdatedDateTime: daysAgo(context, 3, random),
    },
  });
}

/** The first principal of another tenant's application is at risk. */
function seedRiskyPrincipal({ directory, settings, ...context }: SeedContext): void {
  for (const principal of directory.servicePrincipals.values()) {
    const owner = principal.properties.appOwnerOrganizationId;
    if (principal.servicePrincipalType !== "Application" || owner === settings.tenantId) continue;
    if (isFirstParty(principal)) continue;
    directory.riskyServicePrincipals.put({
      id: principal.id,
      properties: {
        appId: principal.appId,
        displayName: principal.displayName,
        servicePrincipalType: "Application",
        isEnabled: principal.accountEnabled,
        isProcessing: false,
        riskLevel: "high",
        riskState: "atRisk",
        riskDetail: "none",
        riskLastUpdatedDateTime: new Date(context.today - 86_400_000).toISOString(),
      },
    });
    return;
  }
}
