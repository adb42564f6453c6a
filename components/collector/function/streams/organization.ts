/** The tenant itself. Microsoft page "organization resource type". */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, objectShape, part, text, texts } from "./lib/shape";

const organizationType: RecordType = { type: "organization", schemaVersion: 1 };

const verifiedDomain = part({ name: text, type: text, capabilities: text, isDefault: flag, isInitial: flag });
const plan = part({ servicePlanId: text, service: text, capabilityStatus: text, assignedDateTime: text });

const shape = objectShape(
  {},
  {
    displayName: text,
    tenantType: text,
    createdDateTime: text,
    countryLetterCode: text,
    preferredLanguage: text,
    onPremisesSyncEnabled: flag,
    technicalNotificationMails: texts,
    securityComplianceNotificationMails: texts,
    verifiedDomains: z.array(verifiedDomain).nullish(),
    assignedPlans: z.array(plan).nullish(),
  },
);

export const organization = everythingStream("organization", [
  collectionPass(organizationType, "/organization", shape),
]);
