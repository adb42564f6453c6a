/** The stack's Azure part: resource group, vault for the credentials, identities for federated ones. */
import { getClientConfig } from "@pulumi/azure-native/authorization";
import { Provider } from "@pulumi/azure-native/provider";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import type * as pulumi from "@pulumi/pulumi";
import { CredentialVault } from "../components/credentials/credential-vault";
import type {
  AzureSettings,
  CollectorApp,
  CollectorDeployment,
  Settings,
  VaultSettings,
} from "../components/permissions/settings";
import { WorkloadIdentity } from "../components/workload-identity";
import { refuseOtherRegions } from "./flex-consumption";

/** The application that `az login` signs people in with: its client id tells a person from a service principal. */
const AZURE_CLI = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

/** What the connectors may use of Azure. */
export interface StackAzure {
  readonly settings: AzureSettings;
  /** On every Azure resource of the stack. */
  readonly tags: { [name: string]: string };
  readonly vault: CredentialVault | undefined;
  /** The vault is somebody else's: only written to. */
  readonly vaultIsForeign: boolean;
  /** Absent: the default provider already works in that subscription. */
  readonly provider?: Provider;
  /** Name of the stack's resource group, which is declared at the first call. */
  readonly resourceGroupName: () => pulumi.Output<string>;
  /** The identity that one of the collector's function apps runs as. */
  readonly identityOfApp: (app: CollectorApp) => WorkloadIdentity;
  /** The identity that a connector trusts: of the function app that serves it, else one made for its own workload. */
  readonly identityFor: (slug: string) => WorkloadIdentity;
}

/** How the stack works in its subscription, and as whom. */
export interface AzureSignIn {
  /** Absent: the default provider already works in that subscription. */
  readonly provider?: Provider;
  readonly deployer: Deployer;
}

/**
 * Signs in to the stack's subscription; undefined when it has none.
 * @param metadataHost ARM host that describes the endpoints, where the cloud is none of Microsoft's public ones
 * @throws RunError when the region lacks what the collector runs on
 */
export async function azureSignIn(
  { azure, collector }: Settings,
  metadataHost?: string,
): Promise<AzureSignIn | undefined> {
  if (azure === undefined) return undefined;
  const signedIn = await signIn(azure);
  if (collector !== undefined) {
    const { provider } = signedIn;
    await refuseOtherRegions(azure, metadataHost, provider === undefined ? {} : { provider });
  }
  return signedIn;
}

/** Declares what the settings ask for in Azure; undefined when the stack has no subscription. */
export function declareAzure(
  { azure, vault, stack, collector }: Settings,
  signedIn: AzureSignIn | undefined,
): StackAzure | undefined {
  if (azure === undefined || signedIn === undefined) return undefined;
  const { provider, deployer } = signedIn;
  const forComponents = provider === undefined ? {} : { providers: [provider] };
  const tags = { "managed-by": "entra-connectors", "entra-connectors-stack": stack };
  const ourVault = vault?.existing === false ? vault : undefined;
  const group = once(() => {
    const resourceGroupName = ourVault?.resourceGroup ?? `entra-connectors-${stack}`;
    const options = provider === undefined ? {} : { provider };
    return new ResourceGroup(stack, { resourceGroupName, location: azure.location, tags }, options).name;
  });
  const makeIdentity = (name: string, identityName: string, own: Readonly<Record<string, string>> = {}) =>
    new WorkloadIdentity(
      name,
      { identityName, resourceGroupName: group(), location: azure.location, tags: { ...tags, ...own } },
      forComponents,
    );
  const identityOfApp = oncePerKey((name: string) =>
    makeIdentity(`${name}-app`, `entra-connectors-${name}`, collector?.tags),
  );
  return {
    ...(provider === undefined ? {} : { provider }),
    settings: azure,
    tags,
    vaultIsForeign: vault?.existing === true,
    resourceGroupName: group,
    identityOfApp: ({ name }) => identityOfApp(name),
    vault:
      vault &&
      new CredentialVault(
        "credentials",
        {
          ...azure,
          ...placeOf(vault, group),
          ...reachOf(collector),
          // Whoever deploys also runs test-connection, which reads the values that vendors were given.
          readers: vault.existing ? [] : [{ name: "deployer", ...deployer }],
          tags,
        },
        forComponents,
      ),
    identityFor: (slug) => {
      const app = collector?.apps.find(({ serves }) => serves.some((one) => one.slug === slug));
      return app === undefined ? makeIdentity(`${slug}-workload`, slug) : identityOfApp(app.name);
    },
  };
}

function placeOf(vault: VaultSettings, group: () => pulumi.Output<string>) {
  return {
    existing: vault.existing,
    resourceGroupName: vault.existing ? (vault.resourceGroup ?? "") : group(),
    ...(vault.name === undefined ? {} : { vaultName: vault.name }),
  };
}

/** A network around the collector closes the vault too, but for the deployer where its ranges are named. */
function reachOf(collector: CollectorDeployment | undefined) {
  if (collector?.network === undefined) return {};
  const ranges = [...collector.deployerIpRanges];
  return ranges.length === 0 ? { publicNetworkAccess: false } : { allowedIpRanges: ranges };
}

/** The provider for that subscription, and who deploys. The default provider is used where it is signed in there. */
async function signIn(azure: AzureSettings): Promise<AzureSignIn> {
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

function oncePerKey<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
