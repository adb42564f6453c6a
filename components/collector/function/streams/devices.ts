/** Devices with their registered owners. Microsoft pages "device resource type", "device: delta". */
import { z } from "zod";
import type { RecordType } from "../model/record";
import type { DirectorySource, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { flag, objectShape, text } from "./lib/shape";

const device: RecordType = { type: "device", schemaVersion: 1 };
const deviceOwner: RecordType = { type: "deviceOwner", schemaVersion: 1, parent: "device" };

const owners: RelationKind = {
  name: "registeredOwners",
  type: deviceOwner,
  keys: { parent: "deviceObjectId", related: "ownerId", kind: "ownerType" },
};

const shape = objectShape(
  { deviceId: z.string() },
  {
    displayName: text,
    accountEnabled: flag,
    operatingSystem: text,
    operatingSystemVersion: text,
    trustType: text,
    profileType: text,
    deviceOwnership: text,
    enrollmentType: text,
    manufacturer: text,
    model: text,
    isCompliant: flag,
    isManaged: flag,
    isRooted: flag,
    registrationDateTime: text,
    approximateLastSignInDateTime: text,
    onPremisesSyncEnabled: flag,
    onPremisesSecurityIdentifier: text,
  },
  ["registeredOwners"],
);

const source: DirectorySource = {
  name: "devices",
  path: "/devices",
  type: device,
  shape,
  tracked: [],
  inline: [owners],
  filtered: false,
};

export const devices = directoryStream(source, [device, deviceOwner]);
