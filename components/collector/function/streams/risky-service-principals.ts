/**
 * Service principals that Identity Protection holds to be at risk. Microsoft page "riskyServicePrincipal resource type".
 * Needs Workload Identities Premium.
 */
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, objectShape, text } from "./lib/shape";

const riskyServicePrincipal: RecordType = { type: "riskyServicePrincipal", schemaVersion: 1 };

const shape = objectShape(
  {},
  {
    appId: text,
    displayName: text,
    servicePrincipalType: text,
    isEnabled: flag,
    riskLevel: text,
    riskState: text,
    riskDetail: text,
    riskLastUpdatedDateTime: text,
  },
);

export const riskyServicePrincipals = everythingStream("risky-service-principals", [
  collectionPass(
    riskyServicePrincipal,
    "/identityProtection/riskyServicePrincipals?$top=500",
    shape,
    "Which service principals are at risk is missing",
  ),
]);
