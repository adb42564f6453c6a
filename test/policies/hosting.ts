/** What a function app is made of, for stacks that the whole pack judges: hardened, or open in every way. */
import { types } from "../../policies/harness/types";
import type { Declared } from "./engine/project";

type Properties = Readonly<Record<string, unknown>>;

const from = (name: string) => ({ output: `${name}.id` });

function logged(name: string): Declared {
  return { type: types.diagnosticSetting, name: `${name}-log`, properties: { resourceUri: from(name) } };
}

/** Everything that the hardening rules want; the stack's vault is logged too. */
export const hardened: readonly Declared[] = [
  {
    type: types.storageAccount,
    name: "store",
    properties: {
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
      isLocalUserEnabled: false,
      allowCrossTenantReplication: false,
      publicNetworkAccess: "Disabled",
    },
  },
  {
    type: types.storageLifecycle,
    name: "lifecycle",
    properties: {
      accountName: from("store"),
      policy: {
        rules: [
          {
            name: "expire",
            enabled: true,
            type: "Lifecycle",
            definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } } },
          },
        ],
      },
    },
  },
  { type: types.plan, name: "plan", properties: { sku: { name: "FC1", tier: "FlexConsumption" } } },
  {
    type: types.site,
    name: "app",
    properties: {
      httpsOnly: true,
      publicNetworkAccess: "Disabled",
      identity: { type: "UserAssigned" },
      siteConfig: {
        minTlsVersion: "1.2",
        scmMinTlsVersion: "1.2",
        ftpsState: "Disabled",
        remoteDebuggingEnabled: false,
        appSettings: [{ name: "AzureWebJobsStorage__credential", value: "managedidentity" }],
      },
    },
  },
  { type: types.siteFtpAllowed, name: "ftp", properties: { name: from("app"), allow: false } },
  { type: types.siteScmAllowed, name: "scm", properties: { name: from("app"), allow: false } },
  { type: types.workspace, name: "logs", properties: {} },
  { type: types.applicationInsights, name: "telemetry", properties: { disableLocalAuth: true } },
  ...["store", "app", "vault"].map(logged),
];

const open: Readonly<Record<string, Properties>> = {
  store: {
    allowSharedKeyAccess: true,
    allowBlobPublicAccess: true,
    minimumTlsVersion: "TLS1_0",
    isLocalUserEnabled: true,
    allowCrossTenantReplication: true,
  },
  plan: { sku: { name: "Y1", tier: "Dynamic" } },
  app: {
    identity: { type: "SystemAssigned" },
    siteConfig: {
      minTlsVersion: "1.0",
      remoteDebuggingEnabled: true,
      appSettings: [{ name: "AzureWebJobsStorage", value: "AccountName=store;AccountKey=a2V5" }],
    },
  },
  telemetry: { disableLocalAuth: false },
};

/** The same function app without a single one of them. */
export const unguarded: readonly Declared[] = hardened
  .filter(({ name }) => name === "logs" || name in open)
  .map((one) => ({ ...one, properties: open[one.name] ?? {} }));
