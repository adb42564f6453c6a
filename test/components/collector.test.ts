import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { CollectorFunction, type CollectorFunctionArgs } from "../../components/collector/collector-function";
import { collectorSettingsSchema } from "../../components/collector/function/model/settings";
import { ofType, type Registration, record } from "./recorder";

const SUBSCRIPTION = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const roleId = (guid: string) =>
  `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

const cloud = {
  name: "global",
  login: "https://login.microsoftonline.com",
  graph: "https://graph.microsoft.com",
  federatedAudience: "api://AzureADTokenExchange",
  instanceDiscovery: true,
  graphHosts: [],
};

const args: CollectorFunctionArgs = {
  subscriptionId: SUBSCRIPTION,
  resourceGroupName: "rg",
  location: "westeurope",
  identity: { identityId: "/identity", clientId: "identity-client", principalId: "identity-principal" },
  workspaceId: "/workspace",
  connectors: [
    {
      slug: "own",
      name: "Own",
      tenantId: "tenant",
      clientId: "own-client",
      cloud,
      streams: ["users", "groups"],
    },
  ],
};

function declared(more: Partial<CollectorFunctionArgs> = {}): Promise<Registration[]> {
  return record(() => new CollectorFunction("collector", { ...args, ...more }));
}

/** The one registration of a type. */
function only(registrations: readonly Registration[], type: string): Registration {
  const found = ofType(registrations, type);
  expect(found.map(({ name }) => name)).toHaveLength(1);
  return found[0]!;
}

function settingsOf(registrations: readonly Registration[]): Readonly<Record<string, string>> {
  const { siteConfig } = only(registrations, "azure-native:web:WebApp").inputs as {
    siteConfig: { appSettings: { name: string; value: string }[] };
  };
  return Object.fromEntries(siteConfig.appSettings.map(({ name, value }) => [name, value]));
}

it("makes an account that identities alone get into, with containers, queues and an end for data", async () => {
  const registrations = await declared({ retentionDays: 7 });
  const account = only(registrations, "azure-native:storage:StorageAccount");
  expect(account.inputs).toEqual({
    resourceGroupName: "rg",
    accountName: expect.stringMatching(/^collectorstack[0-9a-f]{8}$/),
    location: "westeurope",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
    accessTier: "Hot",
    allowBlobPublicAccess: false,
    allowCrossTenantReplication: false,
    allowSharedKeyAccess: false,
    defaultToOAuthAuthentication: true,
    enableHttpsTrafficOnly: true,
    isLocalUserEnabled: false,
    minimumTlsVersion: "TLS1_2",
    networkRuleSet: { bypass: "None", defaultAction: "Allow" },
    publicNetworkAccess: "Enabled",
  });
  const { accountName } = account.inputs;
  const containers = ofType(registrations, "azure-native:storage:BlobContainer").map(({ inputs }) => inputs);
  expect(containers).toEqual(
    ["data", "deployment", "state"].map((containerName) => ({
      resourceGroupName: "rg",
      accountName,
      containerName,
      publicAccess: "None",
    })),
  );
  const queues = ofType(registrations, "azure-native:storage:Queue").map(({ inputs }) => inputs.queueName);
  expect(queues).toEqual(["work", "work-poison"]);
  expect(only(registrations, "azure-native:storage:ManagementPolicy").inputs).toMatchObject({
    managementPolicyName: "default",
    policy: {
      rules: [
        {
          enabled: true,
          type: "Lifecycle",
          definition: {
            filters: { blobTypes: ["blockBlob"], prefixMatch: ["data/"] },
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 7 } } },
          },
        },
      ],
    },
  });
});

it("makes a Flex Consumption app that runs as the identity alone", async () => {
  const registrations = await declared();
  const siteName = expect.stringMatching(/^collector-stack-[0-9a-f]{8}$/);
  expect(only(registrations, "azure-native:web:AppServicePlan").inputs).toEqual({
    resourceGroupName: "rg",
    name: siteName,
    location: "westeurope",
    kind: "functionapp",
    reserved: true,
    sku: { name: "FC1", tier: "FlexConsumption" },
  });
  const { siteConfig, ...site } = only(registrations, "azure-native:web:WebApp").inputs;
  expect(site).toEqual({
    resourceGroupName: "rg",
    name: siteName,
    location: "westeurope",
    kind: "functionapp,linux",
    serverFarmId: "collector-app-plan-id",
    identity: { type: "UserAssigned", userAssignedIdentities: ["/identity"] },
    keyVaultReferenceIdentity: "/identity",
    httpsOnly: true,
    clientCertEnabled: false,
    publicNetworkAccess: "Enabled",
    functionAppConfig: {
      deployment: {
        storage: {
          type: "blobContainer",
          value: expect.stringMatching(/^https:\/\/collectorstack[0-9a-f]{8}\.blob\.example\/deployment$/),
          authentication: { type: "UserAssignedIdentity", userAssignedIdentityResourceId: "/identity" },
        },
      },
      runtime: { name: "node", version: "22" },
      scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
    },
    clientAffinityEnabled: false,
    hyperV: false,
    isXenon: false,
    scmSiteAlsoStopped: false,
  });
  expect(siteConfig).toEqual({
    appSettings: expect.any(Array),
    minTlsVersion: "1.2",
    scmMinTlsVersion: "1.2",
    ftpsState: "Disabled",
    http20Enabled: true,
    remoteDebuggingEnabled: false,
  });
  for (const type of ["azure-native:web:WebAppFtpAllowed", "azure-native:web:WebAppScmAllowed"]) {
    expect(only(registrations, type).inputs).toMatchObject({ allow: false });
  }
});

it("tells the app no secret, and its settings in the shape that it parses", async () => {
  const registrations = await declared({ schedule: "0 30 2 * * *", mode: "provision" });
  const { COLLECTOR_SETTINGS = "", ...settings } = settingsOf(registrations);
  const account = String(only(registrations, "azure-native:storage:StorageAccount").inputs.accountName);
  const storage = {
    blobServiceUri: `https://${account}.blob.example`,
    queueServiceUri: `https://${account}.queue.example`,
  };
  expect(settings).toEqual({
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "ClientId=identity-client;Authorization=AAD",
    APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=collector-insights",
    AZURE_CLIENT_ID: "identity-client",
    AzureWebJobsStorage__blobServiceUri: storage.blobServiceUri,
    AzureWebJobsStorage__clientId: "identity-client",
    AzureWebJobsStorage__credential: "managedidentity",
    AzureWebJobsStorage__queueServiceUri: storage.queueServiceUri,
    COLLECTOR_SCHEDULE: "0 30 2 * * *",
  });
  expect(collectorSettingsSchema.strict().parse(JSON.parse(COLLECTOR_SETTINGS))).toEqual({
    stack: "stack",
    mode: "provision",
    identityClientId: "identity-client",
    storage: { ...storage, retentionDays: 30 },
    connectors: [
      {
        slug: "own",
        name: "Own",
        tenantId: "tenant",
        clientId: "own-client",
        cloud,
        credential: { kind: "federated" },
        streams: ["users", "groups"],
        filters: { excludedServiceAccountGroups: [], skipOnPremisesGroups: false },
        signInActivity: false,
        events: {
          signIns: { failed: true, successful: true, kinds: ["interactive"] },
          exchangeActivity: true,
          nonOwnerMailboxAccess: false,
          serviceAccounts: [],
        },
      },
    ],
  });
});

it("gives the identity three roles, on the app's own resources", async () => {
  const roles = (registrations: Registration[]) =>
    ofType(registrations, "azure-native:authorization:RoleAssignment").map(({ inputs }) => inputs);
  const assigned = roles(await declared());
  const grant = (guid: string, scope: string) => ({
    roleAssignmentName: expect.stringMatching(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
    ),
    principalId: "identity-principal",
    principalType: "ServicePrincipal",
    roleDefinitionId: roleId(guid),
    scope,
  });
  expect(assigned).toEqual([
    grant("b7e6dc6d-f1e8-4753-8033-0f276bb0955b", "collector-storage-account-id"),
    grant("3913510d-42f4-4e42-8a64-420c390055eb", "collector-insights-id"),
    grant("974c5e8b-45b9-4653-ba55-5f855dd0fb88", "collector-storage-account-id"),
  ]);
  expect(new Set(assigned.map(({ roleAssignmentName }) => roleAssignmentName)).size).toBe(3);
  expect(roles(await declared())).toEqual(assigned);
});

it("lets the app sign by a certificate with rights on that key and certificate alone", async () => {
  const [own] = args.connectors;
  const registrations = await declared({
    connectors: [
      { ...own!, certificate: { vaultUri: "https://kv.example/", certificateName: "own-slot-0" } },
    ],
    certificates: [{ vaultId: "/vault", certificateName: "own-slot-0" }],
  });
  const settings = collectorSettingsSchema.parse(
    JSON.parse(settingsOf(registrations).COLLECTOR_SETTINGS ?? ""),
  );
  expect(settings.connectors.map(({ credential }) => credential)).toEqual([
    { kind: "certificate", vaultUri: "https://kv.example/", certificateName: "own-slot-0" },
  ]);
  const inVault = ofType(registrations, "azure-native:authorization:RoleAssignment")
    .map(({ inputs }) => [inputs.roleDefinitionId, inputs.scope])
    .filter(([, scope]) => String(scope).startsWith("/vault"));
  expect(inVault).toEqual([
    [roleId("21090545-7ca7-4776-b22c-e363652d74d2"), "/vault/certificates/own-slot-0"],
    [roleId("12338af0-0e69-4776-bea7-57ae8d297424"), "/vault/keys/own-slot-0"],
  ]);
});

it("logs storage and app to the workspace", async () => {
  const settings = ofType(await declared(), "azure-native:monitor:DiagnosticSetting");
  expect(settings.map(({ inputs }) => inputs.resourceUri)).toEqual([
    "collector-app-site-id",
    "collector-storage-account-id/blobServices/default",
    "collector-storage-account-id/queueServices/default",
  ]);
  for (const { inputs } of settings) {
    expect(inputs).toMatchObject({
      workspaceId: "/workspace",
      logs: [{ categoryGroup: "allLogs", enabled: true }],
    });
  }
});

it("takes telemetry of identities alone", async () => {
  expect(only(await declared(), "azure-native:applicationinsights:Component").inputs).toMatchObject({
    workspaceResourceId: "/workspace",
    ingestionMode: "LogAnalytics",
    disableLocalAuth: true,
  });
});

it("pushes the code once app and roles are there, and only when it is told to", async () => {
  const type = "entra-connectors:index:FunctionPackage";
  expect(ofType(await declared(), type)).toEqual([]);
  const registrations = await declared({ packageHash: pulumi.output("hash") });
  const code = only(registrations, type);
  expect(code.inputs).toEqual({
    siteId: "collector-app-site-id",
    scmHost: expect.stringMatching(/^collector-stack-[0-9a-f]{8}\.scm\.azurewebsites\.example$/),
    sha256: "hash",
  });
  expect(code.dependencies).toEqual(
    expect.arrayContaining([
      "collector-app-scm",
      "collector-app-site",
      "collector-blobs",
      "collector-queues",
    ]),
  );
});

it("has no network, no lock and no tags unless told so", async () => {
  const registrations = await declared();
  expect(registrations.filter(({ type }) => /network|privatedns|ManagementLock/.test(type))).toEqual([]);
  expect(registrations.filter(({ inputs }) => "tags" in inputs && inputs.tags !== undefined)).toEqual([]);
});

it("locks the storage account last, so that the lock is the first to go", async () => {
  const lock = only(await declared({ lock: true }), "azure-native:authorization:ManagementLockByScope");
  expect(lock.inputs).toMatchObject({ level: "CanNotDelete", scope: "collector-storage-account-id" });
  expect(lock.dependencies).toEqual(
    expect.arrayContaining(["collector-storage-data", "collector-storage-work", "collector-blobs"]),
  );
});
