import { types } from "../../../../policies/harness/types";
import { connector, resource, unknown } from "../resources";
import type { RuleExamples } from "./case";

type Type = keyof typeof types;

/** A property that one resource must have; every refused value is given with it. */
function property(
  type: Type,
  path: string,
  accepted: readonly unknown[],
  refused: readonly unknown[],
  others: Readonly<Record<string, unknown>> = {},
): RuleExamples {
  const make = (value: unknown) => ({
    resources: [resource(types[type], nest({ ...others, ...(value === absent ? {} : { [path]: value }) }))],
  });
  const culprit = path.split(".").at(-1) ?? path;
  return {
    compliant: Object.fromEntries(accepted.map((value) => [nameOf(value), make(value)])),
    nonCompliant: Object.fromEntries(
      refused.map((value) => [nameOf(value), { ...make(value), culprits: [culprit] }]),
    ),
    unknown: { computed: { ...make(unknown), property: path } },
  };
}

const absent = Symbol("unsaid");
const nameOf = (value: unknown) => (value === absent ? "unsaid" : String(value));

/** `{ "a.b": 1 }` as `{ a: { b: 1 } }`. */
function nest(flat: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(flat)) {
    const names = path.split(".");
    const last = names.pop() ?? path;
    let holder = result;
    for (const name of names) {
      holder[name] ??= {};
      holder = holder[name] as Record<string, unknown>;
    }
    holder[last] = value;
  }
  return result;
}

const site = resource(types.site, {}, { name: "collector" });
const account = resource(types.storageAccount, {}, { name: "store" });
const workspace = resource(types.workspace, {}, { name: "logs" });

const publishing = (type: "siteFtpAllowed" | "siteScmAllowed", allow: unknown, of = site.urn) =>
  resource(types[type], { name: unknown, allow }, { name: type, sources: { name: [of] } });

const diagnostics = (of: string) =>
  resource(
    types.diagnosticSetting,
    { resourceUri: unknown },
    { name: "log", sources: { resourceUri: [of] } },
  );

const lifecycle = (days: unknown, enabled = true) =>
  resource(
    types.storageLifecycle,
    {
      accountName: unknown,
      policy: {
        rules: [
          {
            name: "expire",
            enabled,
            type: "Lifecycle",
            definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } } },
          },
        ],
      },
    },
    { name: "lifecycle", sources: { accountName: [account.urn] } },
  );

const appSettings = (settings: Readonly<Record<string, unknown>>) => ({
  resources: [
    resource(types.site, {
      siteConfig: { appSettings: Object.entries(settings).map(([name, value]) => ({ name, value })) },
    }),
  ],
});

const storageReader = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const group = "/subscriptions/0b1f6471-1bf0-4dda-aec3-cb9272f09590/resourceGroups/rg";
const oneResource = `${group}/providers/Microsoft.Storage/storageAccounts/store`;
const role = (id: string, scope: unknown) => ({
  resources: [
    resource(types.roleAssignment, {
      roleDefinitionId: `${group.slice(0, 51)}/providers/Microsoft.Authorization/roleDefinitions/${id}`,
      scope,
    }),
  ],
});

const network = (type: Type, properties: Readonly<Record<string, unknown>>) => ({
  resources: [resource(types[type], nest(properties), { name: "thing" })],
  config: { required: true },
});

/** A connector of that access that trusts the workload. */
function trusting(
  slug: string,
  access: string,
  subject: { readonly from?: string; readonly text?: unknown },
) {
  const resources = connector({ slug, name: slug, manifest: { access } });
  const [root] = resources;
  return [
    ...resources,
    resource(
      types.federatedCredential,
      { subject: subject.text ?? unknown },
      {
        name: `${slug}-trust`,
        ...(root === undefined ? {} : { parent: root.urn }),
        sources: { subject: subject.from === undefined ? [] : [subject.from] },
      },
    ),
  ];
}

export const collectorExamples: Readonly<Record<string, RuleExamples>> = {
  "storage-shared-key-off": property("storageAccount", "allowSharedKeyAccess", [false], [true, absent]),
  "storage-no-public-blobs": property("storageAccount", "allowBlobPublicAccess", [false], [true, absent]),
  "storage-tls": property(
    "storageAccount",
    "minimumTlsVersion",
    ["TLS1_2", "TLS1_3"],
    ["TLS1_0", "TLS1_1", absent],
  ),
  "storage-no-local-users": property("storageAccount", "isLocalUserEnabled", [false], [true, absent]),
  "storage-no-cross-tenant-replication": property(
    "storageAccount",
    "allowCrossTenantReplication",
    [false, absent],
    [true],
  ),
  "collected-data-expires": {
    compliant: {
      "in time": { resources: [site, account, lifecycle(30)] },
      "as configured": { resources: [site, account, lifecycle(400)], config: { days: 400 } },
    },
    nonCompliant: {
      never: { resources: [site, account], culprits: ["store"] },
      late: { resources: [site, account, lifecycle(366)], culprits: ["store"] },
      "a rule that is off": { resources: [site, account, lifecycle(30, false)], culprits: ["store"] },
    },
    notApplicable: { "no function app": { resources: [account] } },
    unknown: { days: { resources: [site, account, lifecycle(unknown)], property: "policy.rules" } },
  },
  "flex-consumption-plan": {
    compliant: {
      flex: { resources: [resource(types.plan, { sku: { name: "FC1", tier: "FlexConsumption" } })] },
      "another, where accepted": {
        resources: [resource(types.plan, { sku: { name: "EP1", tier: "ElasticPremium" } })],
        config: { tiers: ["FlexConsumption", "ElasticPremium"] },
      },
    },
    nonCompliant: {
      classic: { resources: [resource(types.plan, { sku: { tier: "Dynamic" } })], culprits: ["Dynamic"] },
      unsaid: { resources: [resource(types.plan, {})], culprits: ["unsaid"] },
    },
    unknown: {
      tier: { resources: [resource(types.plan, { sku: { tier: unknown } })], property: "sku.tier" },
    },
  },
  "site-https-only": property("site", "httpsOnly", [true], [false, absent]),
  "site-tls": property("site", "siteConfig.scmMinTlsVersion", ["1.2", "1.3", absent], ["1.0", "1.1"]),
  "site-no-ftp": property("site", "siteConfig.ftpsState", ["Disabled"], ["AllAllowed", "FtpsOnly", absent]),
  "site-no-remote-debugging": property("site", "siteConfig.remoteDebuggingEnabled", [false, absent], [true]),
  "site-managed-identity": property(
    "site",
    "identity.type",
    ["UserAssigned"],
    ["SystemAssigned", "SystemAssigned, UserAssigned", "None", absent],
  ),
  "site-no-basic-publishing": {
    compliant: {
      "both are off": {
        resources: [site, publishing("siteFtpAllowed", false), publishing("siteScmAllowed", false)],
      },
    },
    nonCompliant: {
      unsaid: { resources: [site], culprits: ["collector FTP", "collector the deployment site"] },
      "one is on": {
        resources: [site, publishing("siteFtpAllowed", true), publishing("siteScmAllowed", false)],
        culprits: ["collector FTP"],
      },
      "off for another app": {
        resources: [
          site,
          publishing("siteFtpAllowed", false),
          publishing("siteScmAllowed", false, "urn:of:another"),
        ],
        culprits: ["collector the deployment site"],
      },
    },
    notApplicable: { "no function app": { resources: [account] } },
    unknown: { allow: { resources: [site, publishing("siteFtpAllowed", unknown)], property: "allow" } },
  },
  "site-no-secret-settings": {
    compliant: {
      "identity-based": appSettings({ AzureWebJobsStorage__credential: "managedidentity" }),
      "a vault's secret": appSettings({
        VENDOR_SECRET: "@Microsoft.KeyVault(SecretUri=https://v/secrets/s)",
      }),
      none: { resources: [site] },
    },
    nonCompliant: {
      "a connection string": {
        ...appSettings({ AzureWebJobsStorage: "DefaultEndpointsProtocol=https;AccountName=store" }),
        culprits: ["AzureWebJobsStorage"],
      },
      "a key in a text": { ...appSettings({ STORE: "AccountName=a;AccountKey=b" }), culprits: ["STORE"] },
      "a signature": { ...appSettings({ PACKAGE: "https://a/b?sv=1&sig=c" }), culprits: ["PACKAGE"] },
      "a password": { ...appSettings({ DB_PASSWORD: "p" }), culprits: ["DB_PASSWORD"] },
    },
    notApplicable: { "not known yet": appSettings({ STORE: unknown }) },
  },
  "insights-no-local-auth": property("applicationInsights", "disableLocalAuth", [true], [false, absent]),
  "diagnostics-on": {
    compliant: {
      "each is logged": {
        resources: [workspace, site, account, diagnostics(site.urn), diagnostics(account.urn)],
      },
    },
    nonCompliant: {
      "one is not": { resources: [workspace, site, account, diagnostics(site.urn)], culprits: ["store"] },
    },
    notApplicable: { "no workspace": { resources: [account] } },
  },
  "closed-network": {
    compliant: {
      vault: network("vault", { "properties.publicNetworkAccess": "disabled" }),
      storage: network("storageAccount", { publicNetworkAccess: "Disabled" }),
      "storage by its rules": network("storageAccount", { "networkRuleSet.defaultAction": "Deny" }),
      site: network("site", { publicNetworkAccess: "Disabled" }),
      "site for the deployer alone": network("site", {
        "siteConfig.ipSecurityRestrictionsDefaultAction": "Deny",
      }),
    },
    nonCompliant: Object.fromEntries(
      (["vault", "storageAccount", "site"] as const).map((type) => [
        type,
        { ...network(type, {}), culprits: ["publicNetworkAccess"] },
      ]),
    ),
    notApplicable: { "not required": { ...network("site", {}), config: {} } },
    unknown: {
      access: { ...network("site", { publicNetworkAccess: unknown }), property: "publicNetworkAccess" },
    },
  },
  "narrow-azure-role": {
    compliant: { "a data role": role(storageReader, oneResource) },
    nonCompliant: {
      "a role that manages": { ...role(owner, oneResource), culprits: ["Owner"] },
      "a whole group": { ...role(storageReader, group), culprits: [group] },
    },
    notApplicable: { "not known yet": role(storageReader, unknown) },
  },
  "separate-identities": {
    compliant: {
      "each its own": {
        resources: [
          ...trusting("reader", "read-only", { from: "urn:of:one" }),
          ...trusting("writer", "read-write", { from: "urn:of:two" }),
        ],
      },
      "readers together": {
        resources: [
          ...trusting("reader", "read-only", { from: "urn:of:one" }),
          ...trusting("other", "read-only", { from: "urn:of:one" }),
        ],
      },
    },
    nonCompliant: {
      "one identity for both": {
        resources: [
          ...trusting("reader", "read-only", { from: "urn:of:one" }),
          ...trusting("writer", "read-write", { from: "urn:of:one" }),
        ],
        culprits: ["writer"],
      },
      "one subject for both": {
        resources: [
          ...trusting("reader", "read-only", { text: "someone" }),
          ...trusting("writer", "read-write", { text: "someone" }),
        ],
        culprits: ["writer"],
      },
    },
    notApplicable: { "no federated credential": { resources: connector() } },
    unknown: {
      subject: {
        resources: trusting("reader", "read-only", { text: unknown }),
        property: "subject",
      },
    },
  },
};
