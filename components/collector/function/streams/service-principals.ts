/**
 * Enterprise applications and managed identities with their owners. Microsoft pages "servicePrincipal resource type",
 * "servicePrincipal: delta", "List servicePrincipalSignInActivities".
 */
import { z } from "zod";
import { GraphError } from "../graph/errors";
import type { RecordType } from "../model/record";
import { keyCredentials, passwordCredentials } from "./lib/credentials";
import type { DirectorySource, FollowingPass, RelationKind } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { missingLicense } from "./lib/run";
import { flag, objectShape, part, text, texts } from "./lib/shape";

const servicePrincipal: RecordType = { type: "servicePrincipal", schemaVersion: 1 };
const servicePrincipalOwner: RecordType = {
  type: "servicePrincipalOwner",
  schemaVersion: 1,
  parent: "servicePrincipal",
};

/** When an application last signed in, by its application id. */
const signInActivity: RecordType = { type: "servicePrincipalSignInActivity", schemaVersion: 1 };

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

const moment = part({ lastSignInDateTime: text }).nullish();
const activityShape = objectShape(
  { appId: z.string() },
  {
    lastSignInActivity: moment,
    delegatedClientSignInActivity: moment,
    delegatedResourceSignInActivity: moment,
    applicationAuthenticationClientSignInActivity: moment,
    applicationAuthenticationResourceSignInActivity: moment,
  },
);

/** No delta tracks sign-ins, so they are read in every run; the report is in beta alone. */
const activityPass: FollowingPass = {
  type: signInActivity.type,
  incrementsOnly: false,
  from: "/beta/reports/servicePrincipalSignInActivities",
  schema: activityShape.schema,
  changes: (activity) => {
    const { id: _, ...data }: Record<string, unknown> = { ...activityShape.data(activity) };
    return [{ type: signInActivity.type, key: String(activity.appId), data }];
  },
  relations: [],
  tolerate: (error) =>
    error instanceof GraphError ? missingLicense(error, "Applications' last sign-in is missing") : undefined,
};

const source: DirectorySource = {
  name: "service-principals",
  path: "/servicePrincipals",
  type: servicePrincipal,
  shape,
  tracked: [],
  inline: [owners],
  filtered: false,
  following: ({ signInActivity: wanted }) => (wanted ? [activityPass] : []),
};

export const servicePrincipals = directoryStream(source, [
  servicePrincipal,
  servicePrincipalOwner,
  signInActivity,
]);
