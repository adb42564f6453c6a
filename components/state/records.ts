/** The records that metrics read, each with the properties that some metric reads and no others: checked here, once. */
import { z } from "zod";
import type { StreamName } from "../collector/function/model/stream-names";
import type { LivingRecord } from "../collector/function/runtime/read-living";

const text = z.string().nullable().default(null);
const flag = z.boolean().nullable().default(null);
const texts = z.array(z.string()).nullable().default(null);
const id = z.string();

const credentials = z
  .array(z.object({ keyId: text, displayName: text, startDateTime: text, endDateTime: text }))
  .nullable()
  .default(null);

const schemas = {
  organization: z.object({ id, displayName: text }),
  domain: z.object({ id, isVerified: flag, isInitial: flag, isRoot: flag }),
  authorizationPolicy: z.object({
    id,
    displayName: text,
    allowInvitesFrom: text,
    allowedToSignUpEmailBasedSubscriptions: flag,
    allowedToUseSSPR: flag,
    allowEmailVerifiedUsersToJoinOrganization: flag,
    allowUserConsentForRiskyApps: flag,
    guestUserRoleId: text,
    defaultUserRolePermissions: z
      .object({
        allowedToCreateApps: flag,
        allowedToCreateSecurityGroups: flag,
        allowedToCreateTenants: flag,
        permissionGrantPoliciesAssigned: texts,
      })
      .nullable()
      .default(null),
  }),
  securityDefaultsPolicy: z.object({ id, displayName: text, isEnabled: flag }),
  conditionalAccessPolicy: z.object({
    id,
    displayName: text,
    state: z.string(),
    conditions: z
      .object({
        clientAppTypes: texts,
        signInRiskLevels: texts,
        userRiskLevels: texts,
        insiderRiskLevels: text,
        platforms: z.object({ includePlatforms: texts, excludePlatforms: texts }).nullable().default(null),
        locations: z.object({ includeLocations: texts, excludeLocations: texts }).nullable().default(null),
        devices: z
          .object({ deviceFilter: z.object({ mode: text }).nullable().default(null) })
          .nullable()
          .default(null),
        authenticationFlows: z.object({ transferMethods: text }).nullable().default(null),
        applications: z
          .object({ includeApplications: texts, excludeApplications: texts })
          .nullable()
          .default(null),
        users: z
          .object({ includeUsers: texts, includeRoles: texts, excludeRoles: texts })
          .nullable()
          .default(null),
      })
      .nullable()
      .default(null),
    sessionControls: z
      .object({
        signInFrequency: z
          .object({
            isEnabled: flag,
            value: z.number().nullable().default(null),
            type: text,
            frequencyInterval: text,
          })
          .nullable()
          .default(null),
      })
      .nullable()
      .default(null),
  }),
  roleDefinition: z.object({ id, displayName: z.string(), isBuiltIn: flag }),
  roleAssignment: z.object({ principalId: id, roleDefinitionId: id, directoryScopeId: text }),
  roleEligibility: z.object({ principalId: id, roleDefinitionId: id, directoryScopeId: text }),
  appRoleAssignment: z.object({ appRoleId: id, principalId: id, resourceId: id, principalType: text }),
  servicePrincipal: z.object({
    id,
    appId: id,
    displayName: text,
    servicePrincipalType: text,
    accountEnabled: flag,
    appOwnerOrganizationId: text,
    appRoleAssignmentRequired: flag,
    appRoles: z
      .array(z.object({ id: text, value: text }))
      .nullable()
      .default(null),
    passwordCredentials: credentials,
    keyCredentials: credentials,
  }),
  servicePrincipalSignInActivity: z.object({
    appId: id,
    applicationAuthenticationClientSignInActivity: z
      .object({ lastSignInDateTime: text })
      .nullable()
      .default(null),
  }),
  application: z.object({
    id,
    appId: id,
    displayName: text,
    passwordCredentials: credentials,
    keyCredentials: credentials,
  }),
  group: z.object({
    id,
    displayName: text,
    securityEnabled: flag,
    isAssignableToRole: flag,
    visibility: text,
    createdDateTime: text,
  }),
  userRegistrationDetails: z.object({ id, isMfaRegistered: flag, isAdmin: flag }),
  user: z.object({
    id,
    userPrincipalName: z.string(),
    displayName: text,
    accountEnabled: flag,
    userType: text,
    creationType: text,
    createdDateTime: text,
    externalUserState: text,
    passwordPolicies: text,
    lastPasswordChangeDateTime: text,
    onPremisesSyncEnabled: flag,
  }),
  userSignInActivity: z.object({
    userId: id,
    lastSignInDateTime: text,
    lastNonInteractiveSignInDateTime: text,
    lastSuccessfulSignInDateTime: text,
  }),
};
type Schemas = typeof schemas;

/** Edges: their key says all that is read of them, so their data is never parsed. */
interface Edge {
  readonly parentId: string;
  readonly relatedId: string;
}
const edgeTypes = ["groupMember", "applicationOwner", "servicePrincipalOwner"] as const;
type EdgeType = (typeof edgeTypes)[number];
const edges: ReadonlySet<string> = new Set(edgeTypes);

/** A record by its type. */
export type Records = { readonly [T in keyof Schemas]: z.output<Schemas[T]> } & {
  readonly [T in EdgeType]: Edge;
};
export type RecordName = keyof Schemas | EdgeType;

/** Called for every record of a type. */
export type Handlers = { readonly [T in RecordName]?: (record: Records[T]) => void };

/** Which stream holds a type. Streams are read in this order: what later ones are judged by comes first. */
const types: readonly (readonly [StreamName, readonly RecordName[]])[] = [
  ["organization", ["organization"]],
  ["domains", ["domain"]],
  ["policies", ["authorizationPolicy", "securityDefaultsPolicy", "conditionalAccessPolicy"]],
  ["directory-roles", ["roleDefinition", "roleAssignment", "roleEligibility"]],
  ["app-role-assignments", ["appRoleAssignment"]],
  ["applications", ["application", "applicationOwner"]],
  ["service-principals", ["servicePrincipal", "servicePrincipalOwner", "servicePrincipalSignInActivity"]],
  ["groups", ["group", "groupMember"]],
  ["registration-details", ["userRegistrationDetails"]],
  ["users", ["user", "userSignInActivity"]],
];

const streams = new Map(types.flatMap(([stream, names]) => names.map((name) => [name, stream] as const)));

/** Streams in the order in which they are read. */
export const streamOrder: readonly StreamName[] = types.map(([stream]) => stream);

/** The stream of a type. */
export function streamOf(type: RecordName): StreamName {
  const stream = streams.get(type);
  if (stream === undefined) throw new RangeError(`No stream holds "${type}".`);
  return stream;
}

/** What a stream lacks when its status is degraded: all else in it is whole. */
export const degradable: Partial<Record<StreamName, RecordName>> = {
  policies: "conditionalAccessPolicy",
  "directory-roles": "roleEligibility",
  "registration-details": "userRegistrationDetails",
  "service-principals": "servicePrincipalSignInActivity",
  users: "userSignInActivity",
};

/** A record that is not what its stream writes. */
class MalformedRecordError extends Error {
  override readonly name = "MalformedRecordError";

  constructor({ type, key }: LivingRecord, issue: z.core.$ZodIssue | undefined) {
    const path = issue?.path.join(".");
    super(
      `The ${type} "${key}" has another shape${path ? ` at ${path}` : ""}. Collect the stream again with a resync.`,
    );
  }
}

/** Checks a record and hands it to the handlers of its type. @throws MalformedRecordError */
export function dispatch(record: LivingRecord, handlers: ReadonlyMap<string, readonly Handler[]>): void {
  const all = handlers.get(record.type);
  if (all === undefined) return;
  const checked = check(record);
  for (const handle of all) handle(checked);
}

/** A handler whose type of record is known by the place where it is kept. */
export type Handler = (record: never) => void;

function check(record: LivingRecord): never {
  if (edges.has(record.type)) {
    const slash = record.key.indexOf("/");
    const edge: Edge = { parentId: record.key.slice(0, slash), relatedId: record.key.slice(slash + 1) };
    return edge as never;
  }
  const known: Readonly<Record<string, z.ZodType | undefined>> = schemas;
  const parsed = known[record.type]?.safeParse(record.data());
  if (!parsed?.success) throw new MalformedRecordError(record, parsed?.error.issues[0]);
  return parsed.data as never;
}
