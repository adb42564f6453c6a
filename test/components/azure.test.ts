import { expect, it } from "vitest";
import { cloudByName } from "../../components/clouds";
import { planConnector } from "../../components/permissions/plan";
import { azureSignIn, declareAzure } from "../../infra/azure";
import { declareConnector } from "../../infra/connectors";
import { parseSettings } from "../../infra/settings";
import { type Registration, record } from "./recorder";

const SUBSCRIPTION = "0b1f6471-1bf0-4dda-aec3-cb9272f09590";
const TENANT = "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
const client = { clientId: "client", objectId: "deployer", subscriptionId: SUBSCRIPTION, tenantId: TENANT };

const settings = parseSettings(
  {
    tenantId: TENANT,
    azure: { tenantId: TENANT, subscriptionId: SUBSCRIPTION, location: "westeurope" },
    vault: {},
    connectors: [
      {
        profile: "custom",
        name: "Product",
        capabilities: ["users.read"],
        credentials: ["clientSecret", "certificate"],
      },
      { profile: "collector", name: "Own" },
    ],
  },
  { stack: "test", fileReader: () => Buffer.from(""), now: new Date("2026-11-21T00:00:00Z") },
);

/** Declares the stack's Azure part and its connectors while the environment is signed in as `azureClient`. */
function declaredAs(azureClient: typeof client): Promise<Registration[]> {
  return record(
    async () => {
      const azure = declareAzure(settings, await azureSignIn(settings));
      for (const connector of settings.connectors) {
        declareConnector({
          stack: "test",
          asOf: settings.asOf,
          connector,
          manifest: planConnector(connector, []),
          permissions: [],
          tenant: { cloud: cloudByName("global"), deployerObjectId: "deployer" },
          azure,
        });
      }
    },
    { azureClient },
  );
}

const inAzure = ({ type }: Registration) => type.startsWith("azure-native:");

it("works with the default provider where that is signed in to the stack's subscription", async () => {
  const registrations = await declaredAs(client);
  expect(registrations.filter(({ type }) => type === "pulumi:providers:azure-native")).toEqual([]);
  expect(registrations.filter(inAzure).flatMap(({ provider }) => provider ?? [])).toEqual([]);
});

it.each([
  ["subscription", { ...client, subscriptionId: "33333333-1bf0-4dda-aec3-cb9272f09590" }],
  ["tenant", { ...client, tenantId: "33333333-1bf0-4dda-aec3-cb9272f09590" }],
])(
  "works in the stack's subscription from another %s, for every Azure resource of every connector",
  async (_, elsewhere) => {
    const registrations = await declaredAs(elsewhere);
    expect(registrations.find(({ type }) => type === "pulumi:providers:azure-native")).toMatchObject({
      name: `azure-${SUBSCRIPTION}`,
      inputs: { subscriptionId: SUBSCRIPTION, tenantId: TENANT },
    });
    const azure = registrations.filter(inAzure);
    expect([...new Set(azure.map(({ type }) => type))].sort()).toEqual([
      "azure-native:authorization:RoleAssignment",
      "azure-native:keyvault:Secret",
      "azure-native:keyvault:Vault",
      "azure-native:managedidentity:UserAssignedIdentity",
      "azure-native:resources:ResourceGroup",
    ]);
    const others = azure.filter(({ provider }) => !provider?.includes(`::azure-${SUBSCRIPTION}::`));
    expect(others.map(({ name }) => name)).toEqual([]);
  },
);
