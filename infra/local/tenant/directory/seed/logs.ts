import { isFirstParty } from "../first-party";
import { daysAgo, type SeedContext } from "./context";
import type { SeededUsers } from "./users";

const audits = [
  ["Add user", "UserManagement", "Add"],
  ["Update user", "UserManagement", "Update"],
  ["Add member to group", "GroupManagement", "Assign"],
  ["Add member to role", "RoleManagement", "Assign"],
  ["Consent to application", "ApplicationManagement", "Assign"],
] as const;
const perUser = 2;
const largestFeed = 400;

/** A short feed of directory audits and sign-ins of the last days, one risky user and one risky principal. */
export function seedLogs(context: SeedContext, users: SeededUsers): void {
  const random = context.random("logs");
  const { directory } = context;
  if (users.members.length === 0) return;
  for (let entry = 0; entry < Math.min(largestFeed, users.members.length * perUser); entry += 1) {
    const user = directory.users.get(random.pick(users.members));
    if (user === undefined) continue;
    const [activityDisplayName, category, operationType] = random.pick(audits);
    const who = { id: user.id, displayName: user.displayName, userPrincipalName: user.userPrincipalName };
    directory.directoryAudits.put({
      id: `Directory_${random.guid()}`,
      properties: {
        activityDateTime: daysAgo(context, random.below(25), random),
        activityDisplayName,
        category,
        operationType,
        correlationId: random.guid(),
        loggedByService: "Core Directory",
        result: "success",
        initiatedBy: { app: null, user: { ...who, ipAddress: "192.0.2.10" } },
        targetResources: [{ ...who, type: "User", modifiedProperties: [] }],
        additionalDetails: [],
      },
    });
    const failed = random.chance(0.1);
    directory.signIns.put({
      id: random.guid(),
      properties: {
        createdDateTime: daysAgo(context, random.below(25), random),
        userDisplayName: user.displayName,
        userPrincipalName: user.userPrincipalName,
        userId: user.id,
        appId: "c44b4083-3bb0-49c1-b47d-974e53cbdf3c",
        appDisplayName: "Azure Portal",
        ipAddress: `192.0.2.${random.below(250) + 1}`,
        clientAppUsed: "Browser",
        correlationId: random.guid(),
        conditionalAccessStatus: "notApplied",
        isInteractive: true,
        riskState: "none",
        riskLevelAggregated: "none",
        riskLevelDuringSignIn: "none",
        status: {
          errorCode: failed ? 50126 : 0,
          failureReason: failed ? "Invalid username or password." : "Other.",
        },
      },
    });
  }
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
