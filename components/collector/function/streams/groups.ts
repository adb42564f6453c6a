/** Groups of every kind with their direct members and owners. Microsoft pages "group resource type", "group: delta". */
import { z } from "zod";
import type { RecordType } from "../model/record";
import type { DirectorySource, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { flag, objectShape, text, texts } from "./lib/shape";

const group: RecordType = { type: "group", schemaVersion: 1 };
const groupMember: RecordType = { type: "groupMember", schemaVersion: 1, parent: "group" };
const groupOwner: RecordType = { type: "groupOwner", schemaVersion: 1, parent: "group" };

const members: RelationKind = {
  name: "members",
  type: groupMember,
  // A known issue of v1.0, with this as Microsoft's own way round it ("List group members").
  beta: true,
  keys: { parent: "groupId", related: "memberId", kind: "memberType" },
};
const owners: RelationKind = {
  name: "owners",
  type: groupOwner,
  keys: { parent: "groupId", related: "ownerId", kind: "ownerType" },
};

const shape = objectShape(
  { displayName: z.string() },
  {
    description: text,
    mail: text,
    mailNickname: text,
    mailEnabled: flag,
    securityEnabled: flag,
    groupTypes: texts,
    visibility: text,
    isAssignableToRole: flag,
    createdDateTime: text,
    expirationDateTime: text,
    membershipRule: text,
    membershipRuleProcessingState: text,
    resourceProvisioningOptions: texts,
    onPremisesSyncEnabled: flag,
    onPremisesDomainName: text,
    onPremisesSamAccountName: text,
    onPremisesSecurityIdentifier: text,
  },
  ["members", "owners"],
);

const source: DirectorySource = {
  name: "groups",
  path: "/groups",
  type: group,
  shape,
  tracked: [members, owners],
  inline: [members, owners],
  decisive: ["onPremisesSyncEnabled", "visibility"],
  filtered: true,
  excludes: ({ onPremisesSyncEnabled }, { onPremisesGroups }) =>
    onPremisesGroups && onPremisesSyncEnabled === true,
};

export const groups = directoryStream(source, [group, groupMember, groupOwner]);
