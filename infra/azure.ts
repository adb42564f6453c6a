/** The stack's Azure part: resource group, vault for the credentials, identities for federated ones. */
import { getClientConfig } from "@pulumi/azure-native/authorization";
import { Provider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { CredentialVault } from "../components/credentials/credential-vault";
import type { AzureSettings, Settings, VaultSettings } from "../components/permissions/settings";
import { WorkloadIdentity } from "../components/workload-identity";

/** The application that `az login` signs people in with: its client id tells a person from a service principal. */
const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/** What the connectors may use of Azure. */
export interface StackAzure {
  readonly settings: AzureSettings;
  /** On every Azure resource of the stack. */
  readonly tags: { [name: string]: string };
  readonly vault: CredentialVault | undefined;
  /** Absent: the default provider already works in that subscription. */
  readonly provider?: Provider;
  /** Declares the identity that a connector's own workload runs as. */
  readonly identityFor: (slug: string) => WorkloadIdentity;
}

/** Declares what the settings ask for in Azure; undefined when the stack has no subscription. */
export async function declareAzure({ azure, vault, stack }: Settings): Promise<StackAzure | undefined> {
  if (azure === undefined) return undefined;
  const { provider, deployer } = await signIn(azure);
  const forComponents = provider === undefined ? {} : { providers: [provider] };
  const tags = { "managed-by": "entra-connectors", "entra-connectors-stack": stack };
  const ourVault = vault?.existing === false ? vault : undefined;
  const group = once(() => {
    const resourceGroupName = ourVault?.resourceGroup ?? `entra-connectors-${stack}`;
    const options = provider === undefined ? {} : { provider };
    return new ResourceGroup(stack, { resourceGroupName, location: azure.location, tags }, options).name;
  });
  return {
    ...(provider === undefined ? {} : { provider }),
    settings: azure,
    tags,
    vault:
      vault &&
      new CredentialVault(
        "credentials",
        {
          ...azure,
          ...placeOf(vault, group),
          // Whoever deploys also runs test-connection, which reads the values that vendors were given.
          readers: vault.existing ? [] : [{ name: "deployer", ...deployer }],
          tags,
        },
        forComponents,
      ),
    identityFor: (slug) =>
      new WorkloadIdentity(
        `${slug}-workload`,
        { identityName: slug, resourceGroupName: group(), location: azure.location, tags },
        forComponents,
      ),
  };
}

function placeOf(vault: VaultSettings, group: () => pulumi.Output<string>) {
  return {
    existing: vault.existing,
    resourceGroupName: vault.existing ? (vault.resourceGroup ?? "") : group(),
    ...(vault.name === undefined ? {} : { vaultName: vault.name }),
  };
}

/** The provider for that subscription, and who deploys. The default provider is used where it is signed in there. */
async function signIn(
  azure: AzureSettings,
): Promise<{ readonly provider?: Provider; readonly deployer: Deployer }> {
  const ambient = await getClientConfig();
  const here =
    ambient.subscriptionId.toLowerCase() === azure.subscriptionId.toLowerCase() &&
    ambient.tenantId.toLowerCase() === azure.tenantId.toLowerCase();
  if (here) return { deployer: principalOf(ambient) };
  const { subscriptionId, tenantId } = azure;
  const provider = new Provider(`azure-${subscriptionId}`, { subscriptionId, tenantId });
  return { provider, deployer: principalOf(await getClientConfig({ provider })) };
}

/** Whoever deploys, as a role assignment names it. */
interface Deployer {
  readonly principalId: string;
  readonly principalType: "User" | "ServicePrincipal";
}

function principalOf({
  clientId,
  objectId,
}: {
  readonly clientId: string;
  readonly objectId: string;
}): Deployer {
  return { principalId: objectId, principalType: clientId === AZURE_CLI ? "User" : "ServicePrincipal" };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
