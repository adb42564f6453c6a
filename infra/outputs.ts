/** What a stack's last `up` left for the commands: the shape of the Pulumi stack outputs. */
import { z } from "zod";
import type { ConnectorManifest } from "../components/permissions/manifest";

const credentialOutput = z.object({
  kind: z.enum(["clientSecret", "certificate", "vendorCertificate", "federated"]),
  /** Slot of a rotating credential. */
  slot: z.union([z.literal(0), z.literal(1), z.null()]),
  /** True for the one to use. */
  current: z.boolean(),
  displayName: z.string(),
  keyId: z.string(),
  /** ISO date-times; null where the credential does not expire. */
  startDate: z.string().nullable(),
  endDate: z.string().nullable(),
  /** Where the value is: a vault's secret, or a key of `secrets`. All null when the value is not the stack's to have. */
  vaultUri: z.string().nullable(),
  secretName: z.string().nullable(),
  secretOutput: z.string().nullable(),
});

const optionValue: z.ZodType<OptionValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.array(optionValue), z.record(z.string(), optionValue)]),
);

type OptionValue = string | number | boolean | OptionValue[] | { [key: string]: OptionValue };

const connectorOutput = z.object({
  profile: z.string(),
  tenantId: z.string(),
  cloud: z.string(),
  applicationObjectId: z.string(),
  clientId: z.string(),
  servicePrincipalId: z.string(),
  consent: z.object({
    mode: z.enum(["grant", "request"]),
    adminConsentUrl: z.string(),
    portalUrl: z.string(),
  }),
  credentials: z.array(credentialOutput),
  /** What the connector asks for, as planned. */
  manifest: z.custom<ConnectorManifest>(isManifest, "is no permission manifest"),
  /** The settings that a hand-over tells. */
  settings: z.object({
    access: z.enum(["read-only", "read-write"]),
    cloud: z.string(),
    crawl: z.boolean(),
    graphDomain: z.string().exactOptional(),
    sourceGroup: z.string().exactOptional(),
    options: z.record(z.string(), optionValue),
  }),
});

/** One function app of the collector. */
const collectorAppOutput = z.object({
  name: z.string(),
  mode: z.enum(["collect", "provision"]),
  url: z.string(),
  /** Azure resource id. */
  siteId: z.string(),
  resourceGroup: z.string(),
  /** Client id of the identity that the app runs as. */
  identityClientId: z.string(),
  storage: z.object({ blobServiceUri: z.string(), queueServiceUri: z.string() }),
  /** Whom it serves, with the names of the streams that it collects. */
  connectors: z.array(z.object({ name: z.string(), slug: z.string(), streams: z.array(z.string()) })),
});

const stackOutputs = z.object({
  /** By the connector's name in the settings. */
  connectors: z.record(z.string(), connectorOutput),
  /** Values that no vault keeps, by `secretOutput`. */
  secrets: z.record(z.string(), z.string()),
  vault: z.object({ name: z.string(), uri: z.string() }).nullable(),
  /** Null without a collector; stacks of earlier versions say nothing. */
  collector: z
    .object({ apps: z.array(collectorAppOutput) })
    .nullable()
    .default(null),
});

export type CredentialOutput = z.infer<typeof credentialOutput>;
export type ConnectorOutput = z.infer<typeof connectorOutput>;
export type CollectorAppOutput = z.infer<typeof collectorAppOutput>;
export type StackOutputs = z.infer<typeof stackOutputs>;

/** Outputs of a stack that another version, or another program, deployed. */
export class StackOutputsError extends Error {
  override readonly name = "StackOutputsError";
}

/**
 * Parses the outputs of a stack.
 * @throws StackOutputsError naming what is missing. Values are never part of the message.
 */
export function parseOutputs(raw: unknown): StackOutputs {
  const result = stackOutputs.safeParse(raw);
  if (result.success) return result.data;
  const paths = result.error.issues.map((issue) => issue.path.join(".") || "outputs");
  throw new StackOutputsError(
    `The stack's outputs are not those of this version (${[...new Set(paths)].slice(0, 5).join(", ")}). ` +
      "Deploy it again: npm run -s cli -- up",
  );
}

function isManifest(value: unknown): boolean {
  const lists = ["apis", "directoryRoles", "credentials", "capabilities", "needsAcknowledgement"] as const;
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    lists.every((key) => Array.isArray((value as Readonly<Record<string, unknown>>)[key]))
  );
}
