import type { Device } from "../../directory/model";
import { date, defineType, flag, object, objects, readOnly, text, texts } from "../entity-type";
import { findObjects } from "../objects";

/** Microsoft page "device resource type". */
export const deviceType = defineType<Device>({
  name: "device",
  directoryObject: true,
  properties: {
    id: text(readOnly),
    deletedDateTime: date(readOnly),
    accountEnabled: flag(),
    alternativeSecurityIds: objects(),
    approximateLastSignInDateTime: date(readOnly),
    complianceExpirationDateTime: date(readOnly),
    createdDateTime: date(readOnly),
    deviceCategory: text(),
    deviceId: text(),
    deviceMetadata: text(),
    deviceOwnership: text(),
    displayName: text(),
    enrollmentProfileName: text(),
    enrollmentType: text(),
    extensionAttributes: object(),
    isCompliant: flag(),
    isManaged: flag(),
    isManagementRestricted: flag(readOnly),
    isRooted: flag(readOnly),
    manufacturer: text(readOnly),
    model: text(readOnly),
    mdmAppId: text(readOnly),
    onPremisesLastSyncDateTime: date(readOnly),
    onPremisesSecurityIdentifier: text(readOnly),
    onPremisesSyncEnabled: flag(readOnly),
    operatingSystem: text(),
    operatingSystemVersion: text(),
    physicalIds: texts(),
    profileType: text(readOnly),
    registrationDateTime: date(readOnly),
    systemLabels: texts(),
    trustType: text(readOnly),
  },
  navigations: () => ({
    registeredOwners: {
      related: (device, directory) => findObjects(directory, device.owners),
      path: "/devices/{id}/registeredOwners",
      limit: 20,
    },
  }),
});
