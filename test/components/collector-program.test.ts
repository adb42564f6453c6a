/** The collector as the program declares it from settings, beside the connectors that it serves. */
import { expect, it } from "vitest";
import { cloudByName } from "../../components/clouds";
import { collectorSettingsSchema } from "../../components/collector/function/model/settings";
import { planConnector } from "../../components/permissions/plan";
import { azureSignIn, declareAzure } from "../../infra/azure";
import { declareCollector } from "../../infra/collector";
import { declareConnector } from "../../infra/connectors";
import { parseOutputs } from "../../infra/outputs";
import { parseSettings } from "../../infra/settings";
import { ofType, type Registration, record } from "./recorder";
import { resolved } from "./samples";

const SUBSCRIPTION = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const TENANT = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const OTHER = "33333333-3a4b-4c8d-9e0f-1a2b3c4d5e6f";

const readOnly = { profile: "collector", name: "Own", collect: ["users"] };
const readWrite = {
  profile: "conductorone",
  name: "ConductorOne",
  access: "read-write",
  provision: ["groups"],
  anchor: "2026-09-01",
};

interface Declared {
  readonly registrations: readonly Registration[];
  readonly apps: unknown;
}

/** Declares a stack with these entries and this collector. */
async function declared(connectors: readonly object[], collector: object = {}): Promise<Declared> {
  const settings = parseSettings(
    {
      tenantId: TENANT,
      azure: { tenantId: TENANT, subscriptionId: SUBSCRIPTION, location: "westeurope" },
      vault: {},
      connectors,
      collector,
    },
    { stack: "test", fileReader: () => Buffer.from(""), now: new Date("2026-11-21T00:00:00Z") },
  );
  let apps: unknown;
  const registrations = await record(
    async () => {
      const azure = declareAzure(settings, await azureSignIn(settings));
      if (azure === undefined || settings.collector === undefined) throw new Error("no collector");
      const entries = settings.connectors.map((connector) => ({
        stack: "test",
        asOf: settings.asOf,
        connector,
        manifest: planConnector(connector, []),
        permissions: [],
        tenant: { cloud: cloudByName("global"), deployerObjectId: "deployer" },
        azure,
      }));
      const made = entries.map((entry) => ({ entry, connector: declareConnector(entry) }));
      const outputs = declareCollector(settings.collector, azure, made, "hash");
      const { output } = await import("@pulumi/pulumi");
      apps = await resolved(output(outputs));
    },
    {
      azureClient: {
        clientId: "client",
        objectId: "deployer",
        subscriptionId: SUBSCRIPTION,
        tenantId: TENANT,
      },
    },
  );
  return { registrations, apps };
}

/** Subject of each connector's federated credential, by the credential's name. */
function subjects(registrations: readonly Registration[]): Readonly<Record<string, unknown>> {
  const type = "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential";
  return Object.fromEntries(
    ofType(registrations, type).map(({ inputs }) => [inputs.displayName, inputs.subject]),
  );
}

function settingsOf(registrations: readonly Registration[]) {
  return ofType(registrations, "azure-native:web:WebApp").map(({ inputs }) => {
    const { appSettings } = inputs.siteConfig as { appSettings: { name: string; value: string }[] };
    const own = appSettings.find(({ name }) => name === "COLLECTOR_SETTINGS");
    return collectorSettingsSchema.parse(JSON.parse(own?.value ?? ""));
  });
}

it("lets each entry trust the identity of its own app, never both", async () => {
  const { registrations } = await declared([readOnly, readWrite]);
  expect(subjects(registrations)).toEqual({
    "own-federated-0": "collector-app-identity-principal",
    "conductorone-federated-1": "provisioner-app-identity-principal",
  });
  const identities = ofType(registrations, "azure-native:managedidentity:UserAssignedIdentity");
  expect(identities.map(({ inputs }) => inputs.resourceName)).toEqual([
    "entra-connectors-collector",
    "entra-connectors-provisioner",
  ]);
  expect(
    settingsOf(registrations).map(({ mode, identityClientId, connectors }) => [
      mode,
      identityClientId,
      connectors.map(({ slug, clientId }) => [slug, clientId]),
    ]),
  ).toEqual([
    ["collect", "collector-app-identity-client", [["own", "own-registration-application-client"]]],
    [
      "provision",
      "provisioner-app-identity-client",
      [["conductorone", "conductorone-registration-application-client"]],
    ],
  ]);
});

it("keeps the apps' storage apart, so that neither reads what the other has", async () => {
  const { registrations } = await declared([readOnly, readWrite]);
  const accounts = ofType(registrations, "azure-native:storage:StorageAccount");
  expect(new Set(accounts.map(({ inputs }) => inputs.accountName)).size).toBe(2);
  const holders = ofType(registrations, "azure-native:authorization:RoleAssignment")
    .filter(({ inputs }) => String(inputs.scope).includes("storage-account"))
    .map(({ inputs }) => `${inputs.principalId} on ${inputs.scope}`);
  expect([...new Set(holders)]).toEqual([
    "collector-app-identity-principal on collector-storage-account-id",
    "provisioner-app-identity-principal on provisioner-storage-account-id",
  ]);
});

it("signs by the vault's certificate where the tenant is another one", async () => {
  const { registrations } = await declared([{ ...readOnly, tenantId: OTHER, anchor: "2026-09-01" }]);
  expect(subjects(registrations)).toEqual({});
  expect(
    ofType(registrations, "entra-connectors:index:VaultCertificate").map(({ inputs }) => [
      inputs.certificateName,
      inputs.exportable,
    ]),
  ).toEqual([["own-slot-0", false]]);
  const [settings] = settingsOf(registrations);
  expect(settings?.connectors.map(({ credential, tenantId }) => [credential, tenantId])).toEqual([
    [
      {
        kind: "certificate",
        vaultUri: "https://credentials-kv.vault.example/",
        certificateName: "own-slot-0",
      },
      OTHER,
    ],
  ]);
  const inVault = ofType(registrations, "azure-native:authorization:RoleAssignment")
    .filter(({ inputs }) => inputs.principalId === "collector-app-identity-principal")
    .map(({ inputs }) => inputs.scope)
    .filter((scope) => String(scope).startsWith("credentials-kv"));
  expect(inVault).toEqual(["credentials-kv-id/certificates/own-slot-0", "credentials-kv-id/keys/own-slot-0"]);
});

it("keeps a certificate that a vendor's product never sees from leaving the vault", async () => {
  const vendor = { profile: "netwrix-identity-manager", name: "IM", tenantId: OTHER, anchor: "2026-09-01" };
  const { registrations } = await declared([vendor]);
  expect(
    ofType(registrations, "entra-connectors:index:VaultCertificate").map(({ inputs }) => inputs.exportable),
  ).toEqual([false]);
});

it("logs the vault, and closes it into the network but for the deployer", async () => {
  const { registrations } = await declared([readOnly], {
    network: {},
    deployerIpRanges: ["203.0.113.0/24"],
  });
  const [vault] = ofType(registrations, "azure-native:keyvault:Vault");
  expect(vault?.inputs.properties).toMatchObject({
    publicNetworkAccess: "Enabled",
    networkAcls: { bypass: "None", defaultAction: "Deny", ipRules: [{ value: "203.0.113.0/24" }] },
  });
  const logged = ofType(registrations, "azure-native:monitor:DiagnosticSetting").map(
    ({ inputs }) => inputs.resourceUri,
  );
  expect(logged).toContain("credentials-kv-id");
  const connected = ofType(registrations, "azure-native:network:PrivateEndpoint").map(({ name }) => name);
  expect(connected).toContain("credentials-vault-endpoint");
});

it("closes the vault wholly where no range is named", async () => {
  const { registrations } = await declared([readOnly], { network: {}, codePush: "external" });
  const [vault] = ofType(registrations, "azure-native:keyvault:Vault");
  expect(vault?.inputs.properties).toMatchObject({ publicNetworkAccess: "Disabled" });
  expect(vault?.inputs.properties).not.toHaveProperty("networkAcls");
});

it("puts the settings' tags beside the stack's own on everything that takes tags", async () => {
  const { registrations } = await declared([readOnly], { tags: { team: "identity" } });
  for (const type of [
    "azure-native:managedidentity:UserAssignedIdentity",
    "azure-native:storage:StorageAccount",
    "azure-native:web:WebApp",
    "azure-native:web:AppServicePlan",
    "azure-native:operationalinsights:Workspace",
    "azure-native:applicationinsights:Component",
    "azure-native:monitor:ScheduledQueryRule",
  ]) {
    for (const { inputs } of ofType(registrations, type)) {
      expect(inputs.tags).toEqual({
        "managed-by": "entra-connectors",
        "entra-connectors-stack": "test",
        team: "identity",
      });
    }
  }
});

it("tells the commands where each app is and whom it serves", async () => {
  const { apps } = await declared([readOnly, readWrite]);
  const outputs = parseOutputs({ connectors: {}, secrets: {}, vault: null, collector: { apps } });
  expect(outputs.collector?.apps).toEqual([
    {
      name: expect.stringMatching(/^collector-stack-/),
      mode: "collect",
      url: expect.stringMatching(/^https:\/\/collector-stack-[0-9a-f]{8}\.azurewebsites\.example$/),
      siteId: "collector-app-site-id",
      resourceGroup: "entra-connectors-test",
      identityClientId: "collector-app-identity-client",
      storage: {
        blobServiceUri: expect.stringMatching(/\.blob\.example$/),
        queueServiceUri: expect.stringMatching(/\.queue\.example$/),
      },
      connectors: [{ name: "Own", slug: "own", streams: ["users"] }],
    },
    expect.objectContaining({ mode: "provision", siteId: "provisioner-app-site-id" }),
  ]);
});

it("tells the app which events each entry wants, and where the Management Activity API is", async () => {
  const exchange = {
    profile: "netwrix-1secure-exchange-online",
    name: "Exchange",
    nonOwnerMailboxAudit: true,
    serviceAccounts: ["svc-*@contoso.example"],
    anchor: "2026-09-01",
  };
  const logons = { failed: true, successful: false };
  const secure = {
    profile: "netwrix-1secure-entra-id",
    name: "1Secure",
    state: false,
    logons,
    anchor: "2026-09-01",
  };
  const { registrations } = await declared([readOnly, exchange, secure]);
  const told = settingsOf(registrations)[0]?.connectors ?? [];
  expect(told.map(({ cloud }) => cloud.o365Management)).toEqual(Array(3).fill("https://manage.office.com"));
  const events = Object.fromEntries(told.map((one) => [one.slug, one.events]));
  const both = { failed: true, successful: true, kinds: ["interactive"] };
  expect(events).toEqual({
    own: {
      signIns: both,
      exchangeActivity: true,
      nonOwnerMailboxAccess: false,
      serviceAccounts: [],
      publisherIdentifier: TENANT,
    },
    exchange: {
      signIns: both,
      exchangeActivity: true,
      nonOwnerMailboxAccess: true,
      serviceAccounts: ["svc-*@contoso.example"],
      publisherIdentifier: TENANT,
    },
    "1secure": {
      signIns: { failed: true, successful: false, kinds: ["interactive"] },
      exchangeActivity: true,
      nonOwnerMailboxAccess: false,
      serviceAccounts: [],
      publisherIdentifier: TENANT,
    },
  });
});
