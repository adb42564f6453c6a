import { expect, it } from "vitest";
import { CredentialVault, type CredentialVaultArgs } from "../../components/credentials/credential-vault";
import { WorkloadIdentity } from "../../components/workload-identity";
import { record } from "./recorder";
import { resolved } from "./samples";

const args: CredentialVaultArgs = {
  subscriptionId: "subscription",
  tenantId: "tenant",
  resourceGroupName: "connectors",
  location: "westeurope",
};

it("makes a vault that Azure roles alone open and nobody can purge", async () => {
  let vault: CredentialVault | undefined;
  const registrations = await record(() => {
    vault = new CredentialVault("credentials", { ...args, tags: { team: "identity" } });
  });
  expect(registrations.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["entra-connectors:index:CredentialVault", "credentials", undefined],
    ["azure-native:keyvault:Vault", "credentials-kv", "credentials"],
  ]);
  expect(registrations[1]?.inputs).toEqual({
    resourceGroupName: "connectors",
    location: "westeurope",
    properties: {
      tenantId: "tenant",
      sku: { family: "A", name: "standard" },
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      publicNetworkAccess: "Enabled",
      // The SDK's own defaults.
      enabledForDeployment: false,
      enabledForDiskEncryption: false,
      enabledForTemplateDeployment: false,
    },
    tags: { team: "identity" },
  });
  expect(await resolved(vault!.vaultUri)).toBe("https://credentials-kv.vault.example/");
});

it("closes the vault to the public network when told so", async () => {
  const [, vault] = await record(() => {
    new CredentialVault("credentials", { ...args, publicNetworkAccess: false, vaultName: "kv-contoso" });
  });
  expect(vault?.inputs).toMatchObject({
    vaultName: "kv-contoso",
    properties: { publicNetworkAccess: "Disabled" },
  });
});

it("lets each reader read secrets and nothing more, on that vault alone", async () => {
  const registrations = await record(() => {
    new CredentialVault("credentials", {
      ...args,
      readers: [
        { name: "deployer", principalId: "app" },
        { name: "person", principalId: "user", principalType: "User" },
      ],
    });
  });
  const secretsUser =
    "/subscriptions/subscription/providers/Microsoft.Authorization/roleDefinitions/4633458b-17de-408a-b874-0445c86b69e6";
  const assignments = registrations.filter(
    ({ type }) => type === "azure-native:authorization:RoleAssignment",
  );
  expect(assignments.map(({ name, parent, inputs }) => ({ name, parent, inputs }))).toEqual([
    {
      name: "credentials-reader-deployer",
      parent: "credentials",
      inputs: {
        scope: "credentials-kv-id",
        principalId: "app",
        principalType: "ServicePrincipal",
        roleDefinitionId: secretsUser,
      },
    },
    {
      name: "credentials-reader-person",
      parent: "credentials",
      inputs: {
        scope: "credentials-kv-id",
        principalId: "user",
        principalType: "User",
        roleDefinitionId: secretsUser,
      },
    },
  ]);
});

it("only reads an existing vault", async () => {
  const registrations = await record(() => {
    new CredentialVault("credentials", { ...args, existing: true, vaultName: "kv-theirs" });
  });
  expect(registrations[1]).toMatchObject({
    type: "azure-native:keyvault:Vault",
    id: "/subscriptions/subscription/resourceGroups/connectors/providers/Microsoft.KeyVault/vaults/kv-theirs",
  });
  expect(registrations).toHaveLength(2);
});

it("asks for the name of an existing vault", async () => {
  const declare = () => new CredentialVault("credentials", { ...args, existing: true });
  await expect(record(() => declare())).rejects.toThrow("an existing vault must be named");
});

it("makes a user-assigned identity for a workload", async () => {
  let identity: WorkloadIdentity | undefined;
  const registrations = await record(() => {
    identity = new WorkloadIdentity("sample-workload", {
      resourceGroupName: "connectors",
      location: "westeurope",
      identityName: "sample",
    });
  });
  expect(registrations[1]).toMatchObject({
    type: "azure-native:managedidentity:UserAssignedIdentity",
    name: "sample-workload-identity",
    parent: "sample-workload",
    inputs: { resourceGroupName: "connectors", resourceName: "sample", location: "westeurope" },
  });
  expect(registrations[1]?.inputs).not.toHaveProperty("tags");
  expect(await resolved(identity!.principalId)).toBe("sample-workload-identity-principal");
});
