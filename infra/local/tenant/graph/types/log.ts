/** Entries of the audit and sign-in logs. */
import type { PlainEntity } from "../../directory/model";
import { date, defineType, flag, object, objects, text, texts } from "../entity-type";

/** Log entries come 1,000 a page. */
const page = { default: 1000, maximum: 1000 };
const beta = { version: "beta" } as const;

/** Microsoft page "directoryAudit resource type". */
export const directoryAuditType = defineType<PlainEntity>({
  name: "directoryAudit",
  page,
  properties: {
    id: text(),
    activityDateTime: date(),
    activityDisplayName: text(),
    additionalDetails: objects(),
    category: text(),
    correlationId: text(),
    initiatedBy: object(),
    loggedByService: text(),
    operationType: text(),
    result: text(),
    resultReason: text(),
    targetResources: objects(),
  },
});

/** Microsoft page "signIn resource type", of v1.0 and beta. */
export const signInType = defineType<PlainEntity>({
  name: "signIn",
  page,
  properties: {
    id: text(),
    appDisplayName: text(),
    appId: text(),
    appliedConditionalAccessPolicies: objects(),
    clientAppUsed: text(),
    conditionalAccessStatus: text(),
    correlationId: text(),
    createdDateTime: date(),
    deviceDetail: object(),
    ipAddress: text(),
    isInteractive: flag(),
    location: object(),
    resourceDisplayName: text(),
    resourceId: text(),
    riskDetail: text(),
    riskEventTypes_v2: texts(),
    riskLevelAggregated: text(),
    riskLevelDuringSignIn: text(),
    riskState: text(),
    status: object(),
    userDisplayName: text(),
    userId: text(),
    userPrincipalName: text(),
    servicePrincipalId: text(beta),
    servicePrincipalName: text(beta),
    userType: text(beta),
    signInEventTypes: texts(beta),
  },
});
