/** Schemas of single settings: what each may be, and the text of the settings reference. */
import { z } from "zod";
import { cloudNames } from "../../components/clouds/resolve";
import { instant } from "../../components/permissions/instant";

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

function text(message: string, test: (value: string) => boolean): z.ZodType<string, string> {
  return z.string().refine(test, { error: message });
}

const guid = text("is not a GUID (8-4-4-4-12 hexadecimal digits).", (value) => guidPattern.test(value)).pipe(
  z.string().toLowerCase(),
);

const tenant = text(
  "is neither a GUID nor a domain of the tenant (contoso.onmicrosoft.com).",
  (value) => guidPattern.test(value) || domainPattern.test(value),
).pipe(z.string().toLowerCase());

const domain = text("is not a host name. Give the host alone, for example graph.microsoft.us.", (value) =>
  domainPattern.test(value),
).pipe(z.string().toLowerCase());

const cloud = z.enum(cloudNames());

/** Settings of the tenant that a stack gives for all entries and an entry may override. */
export const tenantShape = {
  tenantId: tenant.optional().describe("The Entra tenant: its GUID, or one of its domains."),
  cloud: cloud.default("global").describe("The national cloud of the tenant."),
  graphDomain: domain
    .optional()
    .describe(
      "Host of Microsoft Graph where it is not the cloud's own. Sign-in, token scope and every call follow it.",
    ),
};

const line = z
  .string()
  .refine((value) => !/\p{Cc}/u.test(value), { error: "must not contain control characters." });

/** Settings that every connector entry has, whatever its profile. `credentials` has a schema of its own. */
export const connectorShape = {
  profile: z.string().min(1).describe("Which product connects. See the profiles below."),
  name: line
    .transform((value) => value.trim())
    .pipe(z.string().min(1).max(100))
    .describe("Display name of the app registration, unique in the stack."),
  sourceGroup: z
    .string()
    .min(1)
    .optional()
    .describe("Name of a group under sourceGroups whose settings apply here; the entry's own settings win."),
  ...tenantShape,
  cloud: cloud.optional().describe("The national cloud of the tenant. Default: the stack's, else global."),
  crawl: z.boolean().default(true).describe("Collect. false keeps the registration and stops collecting."),
  access: z
    .enum(["read-only", "read-write"])
    .default("read-only")
    .describe("Whether the product may change anything."),
  permissions: z
    .enum(["minimal", "documented"])
    .default("minimal")
    .describe("minimal: the least that the settings need. documented: the vendor's printed list, verbatim."),
  consent: z
    .enum(["grant", "request"])
    .default("grant")
    .describe(
      "grant: consent is given by the deployment. request: an administrator gives it; the link is an output.",
    ),
  anchor: instant
    .optional()
    .describe(
      "Date from which the slots of rotating credentials are counted; write the day the entry is made and keep it.",
    ),
  owners: z.array(guid).max(100).default([]).describe("Object ids of further owners of the registration."),
  tags: z
    .array(
      line.pipe(z.string().min(1).max(256)).refine((value) => !value.startsWith("entra-connectors:"), {
        error: "must not begin with entra-connectors:, which is how our own registrations are found.",
      }),
    )
    .default([])
    .describe("Tags of the registration."),
  notes: z.string().max(1024).optional().describe("Notes of the registration."),
  serviceManagementReference: line
    .pipe(z.string().min(1).max(256))
    .optional()
    .describe("Reference to the registration in your service management."),
};

/** The Azure subscription that holds vault and collector. */
export const azureSchema = z.strictObject({
  tenantId: guid.describe("Entra tenant of the subscription; may be another one than the connectors'."),
  subscriptionId: guid.describe("Azure subscription."),
  location: z.string().min(1).describe("Azure region, for example westeurope."),
});

/** The Key Vault that receives the credentials. */
export const vaultSchema = z.strictObject({
  existing: z.boolean().default(false).describe("Write to a vault that somebody else manages."),
  name: text(
    "is not a vault name: 3 to 24 letters, digits and single hyphens, beginning with a letter.",
    (value) => /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i.test(value),
  )
    .optional()
    .describe("Name of the vault. Default: made from the stack's name."),
  resourceGroup: z.string().min(1).max(90).optional().describe("Resource group of the vault."),
});
