/** The shape of a lock file: a manifest in the form that is reviewed. The published JSON schema is made of this one. */
import { z } from "zod";

/** Where a lock file says that its schema is, seen from `infra/permissions`. */
export const schemaReference = "../../components/permissions/lock/lock-file.schema.json";

/** The format that this version writes and reads. */
export const formatVersion = 1;

const text = z.string().min(1).max(2_000);
const guid = z.guid();
const instant = z.iso.datetime();
const tier = z
  .enum(["T0", "T1", "T2"])
  .describe(
    "T0: a path to Global Administrator. T1: writes tenant-wide, or reads secrets, mail or files. T2: other reads.",
  );
const because = z.array(text).describe("The settings or capabilities that need it, in words.");

/** One application permission, one line of the file. */
const appRoleLine = z.strictObject({
  api: text.describe("The API, for example Microsoft Graph."),
  role: text.describe("Name of the permission, for example User.Read.All."),
  id: guid.describe("Id of the app role on the API's service principal."),
  tier,
  because,
});

const directoryRoleLine = z.strictObject({
  role: text.describe("Display name of the directory role."),
  templateId: guid.describe("Id of the role's template, the same in every tenant."),
  tier,
  because,
  justification: text.exactOptional().describe("The reason in the stack's acknowledgement."),
});

const azureRoleLine = z.strictObject({
  role: text.describe("Name of the Azure role."),
  id: guid.describe("Id of the role definition."),
  scope: text.describe("What it is assigned on."),
  tier,
  because,
});

/** Ten years: more than any product offers, and little enough to count with. */
const days = z.int().min(1).max(3_650);
const rotating = { lifetimeDays: days, overlapDays: days, anchor: instant };

const credentialLine = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("clientSecret"), ...rotating }),
  z.strictObject({ kind: z.literal("certificate"), ...rotating }),
  z.strictObject({
    kind: z.literal("vendorCertificate"),
    file: text,
    thumbprint: text.describe("SHA-256 of the certificate, hexadecimal."),
    notBefore: instant,
    notAfter: instant,
  }),
  z.strictObject({
    kind: z.literal("federated"),
    issuer: text.exactOptional(),
    subject: text.exactOptional().describe("Absent, with the issuer: the stack's collector."),
    audience: text,
  }),
]);

const coveredLine = z.strictObject({
  api: text,
  role: text,
  by: z.array(text).describe("Permissions of the same API that allow its calls."),
  because,
});

const acknowledgementLine = z.strictObject({
  rule: text,
  finding: text,
  setting: text,
  reason: text,
  acknowledged: z.boolean(),
});

const connectorLock = z.strictObject({
  name: text.describe("Display name of the app registration."),
  profile: text,
  tenantId: text,
  cloud: text,
  access: z.enum(["read-only", "read-write"]),
  permissions: z.enum(["minimal", "documented"]),
  consent: z.enum(["grant", "request"]),
  appRoles: z.array(appRoleLine).describe("Application permissions, sorted by API and role."),
  directoryRoles: z
    .array(directoryRoleLine)
    .describe("Roles of the service principal, active and permanent."),
  credentials: z.array(credentialLine).describe("What it signs in with."),
  covered: z.array(coveredLine).describe("Needed, and not asked for because other permissions cover it."),
  capabilities: z.array(text).describe("What the settings let it do."),
  acknowledgements: z.array(acknowledgementLine).describe("What is allowed only when acknowledged."),
});

/** A whole lock file. */
export const lockSchema = z.strictObject({
  $schema: text,
  formatVersion: z.literal(formatVersion),
  azureRoleAssignments: z.array(azureRoleLine).describe("Azure roles of the stack's collector."),
  connectors: z.array(connectorLock).describe("One entry a connector, sorted by name."),
});

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

export type Lock = DeepReadonly<z.output<typeof lockSchema>>;
export type ConnectorLock = Lock["connectors"][number];
export type AppRoleLine = ConnectorLock["appRoles"][number];
export type DirectoryRoleLine = ConnectorLock["directoryRoles"][number];
export type AzureRoleLine = Lock["azureRoleAssignments"][number];
export type CredentialLine = ConnectorLock["credentials"][number];
