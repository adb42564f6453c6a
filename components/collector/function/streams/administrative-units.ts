/** Administrative units with their members. Microsoft pages "administrativeUnit resource type", "administrativeUnit: delta". */
import { z } from "zod";
import type { RecordType } from "../model/record";
import type { DirectorySource, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { flag, objectShape, text } from "./lib/shape";

const unit: RecordType = { type: "administrativeUnit", schemaVersion: 1 };
const unitMember: RecordType = {
  type: "administrativeUnitMember",
  schemaVersion: 1,
  parent: "administrativeUnit",
};

const members: RelationKind = {
  name: "members",
  type: unitMember,
  keys: { parent: "administrativeUnitId", related: "memberId", kind: "memberType" },
};

const shape = objectShape(
  { displayName: z.string() },
  {
    description: text,
    visibility: text,
    membershipType: text,
    membershipRule: text,
    membershipRuleProcessingState: text,
    isMemberManagementRestricted: flag,
  },
  ["members"],
);

const source: DirectorySource = {
  name: "administrative-units",
  path: "/directory/administrativeUnits",
  type: unit,
  shape,
  tracked: [members],
  inline: [members],
  filtered: false,
};

export const administrativeUnits = directoryStream(source, [unit, unitMember]);
