/** Users that Identity Protection holds to be at risk. Microsoft page "riskyUser resource type". Needs Entra ID P2. */
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, objectShape, text } from "./lib/shape";

const riskyUser: RecordType = { type: "riskyUser", schemaVersion: 1 };

const shape = objectShape(
  {},
  {
    userPrincipalName: text,
    isDeleted: flag,
    riskLevel: text,
    riskState: text,
    riskDetail: text,
    riskLastUpdatedDateTime: text,
  },
);

export const riskyUsers = everythingStream("risky-users", [
  collectionPass(
    riskyUser,
    "/identityProtection/riskyUsers?$top=500",
    shape,
    "Which users are at risk is missing",
  ),
]);
