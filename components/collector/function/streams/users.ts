/** People's accounts and guests. Microsoft pages "user resource type", "user: delta". */
import { z } from "zod";
import { GraphError } from "../graph/errors";
import type { RecordType } from "../model/record";
import type { DirectorySource, FollowingPass } from "./lib/directory-source";
import { directoryStream } from "./lib/directory-stream";
import { missingLicense } from "./lib/run";
import { flag, objectShape, part, text, texts } from "./lib/shape";

const user: RecordType = { type: "user", schemaVersion: 1 };
/** When a user last signed in: key `<user id>/signInActivity`. */
const signInActivity: RecordType = { type: "userSignInActivity", schemaVersion: 1, parent: "user" };

const license = z.object({
  skuId: z.string(),
  disabledPlans: z
    .array(z.string())
    .nullish()
    .transform((plans) => [...(plans ?? [])].sort()),
});

const shape = objectShape(
  { userPrincipalName: z.string() },
  {
    displayName: text,
    givenName: text,
    surname: text,
    mail: text,
    proxyAddresses: texts,
    accountEnabled: flag,
    userType: text,
    creationType: text,
    createdDateTime: text,
    externalUserState: text,
    companyName: text,
    department: text,
    jobTitle: text,
    officeLocation: text,
    employeeId: text,
    employeeType: text,
    usageLocation: text,
    passwordPolicies: text,
    lastPasswordChangeDateTime: text,
    assignedLicenses: z.array(license).nullish(),
    onPremisesSyncEnabled: flag,
    onPremisesImmutableId: text,
    onPremisesSamAccountName: text,
    onPremisesDistinguishedName: text,
    onPremisesSecurityIdentifier: text,
  },
);

const activityShape = z.object({
  id: z.string(),
  signInActivity: part({
    lastSignInDateTime: text,
    lastNonInteractiveSignInDateTime: text,
    lastSuccessfulSignInDateTime: text,
  }).nullish(),
});

/** Graph gives at most this many users a page with their sign-in activity ("List users"). */
const activityPage = 500;

/** No delta tracks sign-ins, so they are read in every run. */
const activityPass = (excluded: ReadonlySet<string>): FollowingPass => ({
  type: signInActivity.type,
  incrementsOnly: false,
  from: `/users?$select=id,signInActivity&$top=${activityPage}`,
  schema: activityShape,
  skip: ({ id, signInActivity: activity }) => excluded.has(id) || activity === undefined || activity === null,
  changes: ({ id, signInActivity: activity }) => [
    {
      type: signInActivity.type,
      key: `${id}/signInActivity`,
      data: { userId: id, ...(typeof activity === "object" ? activity : {}) },
    },
  ],
  relations: [],
  tolerate: (error) =>
    error instanceof GraphError ? missingLicense(error, "Users' last sign-in is missing") : undefined,
});

const source: DirectorySource = {
  name: "users",
  path: "/users",
  type: user,
  shape,
  tracked: [],
  inline: [],
  filtered: true,
  following: ({ signInActivity: wanted }, { users }) => (wanted ? [activityPass(users)] : []),
};

export const users = directoryStream(source, [user, signInActivity]);
