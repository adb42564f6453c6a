/**
 * Enterprise applications and managed identities with their owners. Microsoft pages "servicePrincipal resource type",
 * "servicePrincipal: delta".
 */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { keyCredentials, passwordCredentials } from "./lib/credentials";
import type { DirectorySource, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { flag, objectShape, part, text, texts } from "./lib/shape";

const servicePrincipal: RecordType = { type: "servicePrincipal", schemaVersion: 1 };
const servicePrincipalOwner: RecordType = {
  type: "servicePrincipalOwner",
  schemaVersion: 1,
  parent: "servicePrincipal",
};

const owners: RelationKind = {
  name: "owners",
  type: servicePrincipalOwner,
  keys: { parent: "servicePrincipalId", related: "ownerId", kind: "ownerType" },
};

/** What an assignment's `appRoleId` means. */
const appRole = part({
  id: text,
  value: text,
  displayName: text,
  isEnabled: flag,
  allowedMemberTypes: texts,
});

const shape = objectShape(
  { appId: z.string() },
  {
    displayName: text,
    servicePrincipalType: text,
    accountEnabled: flag,
    appOwnerOrganizationId: text,
    appRoleAssignmentRequired: flag,
    disabledByMicrosoftStatus: text,
    signInAudience: text,
    preferredSingleSignOnMode: text,
    alternativeNames: texts,
    servicePrincipalNames: texts,
    tags: texts,
    appRoles: z.array(appRole).nullish(),
    passwordCredentials,
    keyCredentials,
  },
  ["owners"],
);

const source: DirectorySource = {
  name: "service-principals",
  path: "/servicePrincipals",
  type: servicePrincipal,
  shape,
  tracked: [],
  inline: [owners],
  filtered: false,
};

export const servicePrincipals = directoryStream(source, [servicePrincipal, servicePrincipalOwner]);
