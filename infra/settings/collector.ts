/** The settings of our own collector: how it is deployed. Whom it serves is worked out in serving.ts. */
import { z } from "zod";
import { isAddressRange } from "../../components/collector/address-space";
import { lacksFlexConsumption } from "../../components/collector/regions";
import type { AzureSettings } from "../../components/permissions/settings";
import { check } from "./check";
import type { Problems } from "./problems";

/** Six fields, of digits, names and the signs of NCRONTAB; the host itself reads them more closely. */
const schedulePattern = /^[\d*/,-]+ [\d*/,-]+ [\d*/,-]+ [\d*/,-]+ [\dA-Za-z*/,-]+ [\dA-Za-z*/,-]+$/;

const addressSpace = z.string().refine(
  (range) => {
    const length = Number(range.split("/")[1]);
    return isAddressRange(range) && length >= 16 && length <= 24;
  },
  { error: "is no IPv4 range from /16 to /24 that begins at its first address, for example 10.90.0.0/24." },
);

const deployerRange = z.string().refine(isAddressRange, {
  error: "is no IPv4 range that begins at its first address, for example 203.0.113.0/24 or 203.0.113.7/32.",
});

export const collectorAlertsSchema = z.strictObject({
  emails: z
    .array(z.email({ error: "is no e-mail address." }))
    .default([])
    .describe("Who gets an e-mail. None: alerts are seen in the portal alone."),
  noSuccessHours: z
    .int()
    .min(1)
    .max(47)
    .default(24)
    .describe("A stream without a complete run for so long is an alert, hours."),
  credentialDays: z
    .int()
    .min(1)
    .max(90)
    .default(14)
    .describe("A credential that ends so soon is an alert, days."),
});

export const collectorNetworkSchema = z.strictObject({
  addressSpace: addressSpace
    .default("10.90.0.0/24")
    .describe("IPv4 range of the virtual network. The upper half is for private endpoints."),
});

/** Our own collector. */
export const collectorSchema = z.strictObject({
  connectors: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Names of the entries that it serves. Default: every entry that it can serve."),
  schedule: z
    .string()
    .refine((text) => schedulePattern.test(text), {
      error: "is no six-field schedule (second minute hour day month weekday), for example 0 0 */4 * * *.",
    })
    .default("0 0 */4 * * *")
    .describe("When it collects: six-field NCRONTAB expression, UTC."),
  retentionDays: z.int().min(1).max(3650).default(30).describe("Days after which collected data is deleted."),
  logRetentionDays: z.int().min(30).max(730).default(90).describe("Days for which logs are kept."),
  instanceMemoryMB: z.literal([512, 2048, 4096]).default(2048).describe("Memory of an instance, MB."),
  maximumInstanceCount: z
    .int()
    .min(40)
    .max(1000)
    .default(40)
    .describe("Most instances that run at a time; the platform takes no less than 40."),
  alerts: collectorAlertsSchema.prefault({}).describe("When somebody is to look."),
  network: collectorNetworkSchema
    .optional()
    .describe(
      "A virtual network with private endpoints; the public ones are then closed. {} for its defaults.",
    ),
  deployerIpRanges: z
    .array(deployerRange)
    .default([])
    .describe("With network: IPv4 ranges from which code is pushed and the vault is reached."),
  codePush: z
    .enum(["up", "external"])
    .optional()
    .describe(
      "up (default): the deployment pushes the code. external: somebody inside the network does, afterwards.",
    ),
  lock: z
    .boolean()
    .default(false)
    .describe("Lock storage and logs against deletion; destroy removes the locks first."),
  tags: z
    .record(z.string().min(1).max(512), z.string().max(256))
    .default({})
    .describe("Tags on every Azure resource of the collector."),
});

export type CollectorInput = z.output<typeof collectorSchema>;

/** What `collector` says; undefined without one or when it does not parse. */
export function parseCollector(
  raw: unknown,
  azure: { readonly given: boolean; readonly settings: AzureSettings | undefined },
  problems: Problems,
): CollectorInput | undefined {
  if (raw === undefined || raw === null) return undefined;
  const collector = check(collectorSchema, raw, "collector", problems);
  if (collector === undefined) return undefined;
  if (!azure.given) {
    problems.add(
      "collector",
      "needs azure: the subscription that the function app runs in.",
      "Add azure, or leave collector out.",
    );
  }
  if (azure.settings !== undefined) refuseRegion(azure.settings, problems);
  refuseContradictions(collector, problems);
  return collector;
}

function refuseRegion({ location }: AzureSettings, problems: Problems): void {
  const reason = lacksFlexConsumption(location);
  if (reason === undefined) return;
  problems.add(
    "azure.location",
    `the collector runs on the Flex Consumption plan, which ${reason}.`,
    "Choose another region (az functionapp list-flexconsumption-locations), or leave collector out.",
  );
}

function refuseContradictions(collector: CollectorInput, problems: Problems): void {
  const { network, deployerIpRanges, codePush } = collector;
  if (network === undefined && deployerIpRanges.length > 0) {
    problems.add(
      "collector.deployerIpRanges",
      "is for a closed network, and none is set.",
      "Add collector.network, or leave it out.",
    );
  }
  if (network !== undefined && deployerIpRanges.length === 0 && codePush === undefined) {
    problems.add(
      "collector.codePush",
      "collector.network closes the address that code is pushed to.",
      "Name the deployer's ranges in collector.deployerIpRanges, or set codePush: external, or codePush: up where the deployment itself runs inside the network.",
    );
  }
}
