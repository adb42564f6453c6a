/** The tenant's domains; the id is the name. Microsoft page "domain resource type". */
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { flag, number, objectShape, text, texts } from "./lib/shape";

const domain: RecordType = { type: "domain", schemaVersion: 1 };

const shape = objectShape(
  {},
  {
    authenticationType: text,
    isAdminManaged: flag,
    isDefault: flag,
    isInitial: flag,
    isRoot: flag,
    isVerified: flag,
    passwordValidityPeriodInDays: number,
    passwordNotificationWindowInDays: number,
    supportedServices: texts,
  },
);

export const domains = everythingStream("domains", [collectionPass(domain, "/domains", shape)]);
