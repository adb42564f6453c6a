/**
 * Who has registered what for multifactor sign-in and password reset. Microsoft page "userRegistrationDetails resource
 * type". Needs Entra ID P1 or P2. The key is the id of the user.
 */
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, objectShape, text, texts } from "./lib/shape";

const registration: RecordType = { type: "userRegistrationDetails", schemaVersion: 1 };

/** Not stored: `lastUpdatedDateTime`, which changes with every calculation of the report and says nothing of the user. */
const shape = objectShape(
  {},
  {
    userPrincipalName: text,
    userDisplayName: text,
    userType: text,
    isAdmin: flag,
    isMfaCapable: flag,
    isMfaRegistered: flag,
    isPasswordlessCapable: flag,
    isSsprCapable: flag,
    isSsprEnabled: flag,
    isSsprRegistered: flag,
    methodsRegistered: texts,
    defaultMfaMethod: text,
  },
);

export const registrationDetails = everythingStream("registration-details", [
  collectionPass(
    registration,
    "/reports/authenticationMethods/userRegistrationDetails?$top=1000",
    shape,
    "Who has registered for multifactor sign-in is missing",
  ),
]);
