import type { Entity } from "../../core/types";
import { date, defineType, flag, readOnly, text, texts } from "../entity-type";

/**
 * What queries on lists of mixed types may name: the common properties, and those that clients select or filter on in
 * practice (Graph gives null where an entity's type has no such property).
 */
export const directoryObjectType = defineType<Entity>({
  name: "directoryObject",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    displayName: text(),
    accountEnabled: flag(),
    appId: text(),
    description: text(),
    deviceId: text(),
    groupTypes: texts(),
    mail: text(),
    mailEnabled: flag(),
    onPremisesSyncEnabled: flag(),
    roleTemplateId: text(),
    securityEnabled: flag(),
    servicePrincipalType: text(),
    userPrincipalName: text(),
    userType: text(),
  },
});
