import { RoleAssignment } from "@pulumi/azure-native/authorization";
import { Vault } from "@pulumi/azure-native/keyvault";
import * as pulumi from "@pulumi/pulumi";

/** Built-in Azure role that reads secret values: "Key Vault Secrets User". */
const SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

/** Somebody who may read the values in a vault. */
export interface VaultReaderArgs {
  /** Names the role assignment; never changes. */
  name: string;
  /** Object id of the principal in the vault's tenant. */
  principalId: pulumi.Input<string>;
  /** ServicePrincipal, User or Group. @default "ServicePrincipal" */
  principalType?: pulumi.Input<string>;
}

/** What a vault for credentials is made from. */
export interface CredentialVaultArgs {
  /** Subscription of the vault. */
  subscriptionId: string;
  /** Tenant whose principals the vault trusts, GUID. */
  tenantId: pulumi.Input<string>;
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. Not used with `existing`. */
  location: pulumi.Input<string>;
  /**
   * Name of the vault, unique in the whole cloud, 3 to 24 characters. A deleted vault keeps its name for 90 days.
   * @default one made from the component's name with random digits
   * @example "kv-contoso-connectors"
   */
  vaultName?: string;
  /**
   * The vault is somebody else's: it is only written to, and must be named.
   * @default false
   */
  existing?: boolean;
  /**
   * Whether the vault answers outside private endpoints.
   * @default true
   */
  publicNetworkAccess?: boolean;
  /**
   * IPv4 ranges that may reach the vault although everybody else is kept out. They need the public address.
   * @default everybody with a role may reach it
   * @example ["203.0.113.0/24"]
   */
  allowedIpRanges?: string[];
  /** Who may read the values. @default nobody beyond the roles given elsewhere */
  readers?: VaultReaderArgs[];
  /** @default none */
  tags?: { [name: string]: string };
}

/**
 * The Key Vault that receives credentials: access by Azure roles only, purge protection, deleted content kept for 90 days.
 * An existing vault is referenced, not changed.
 */
export class CredentialVault extends pulumi.ComponentResource {
  /** Azure resource id. */
  public readonly vaultId: pulumi.Output<string>;
  public readonly vaultName: pulumi.Output<string>;
  public readonly vaultUri: pulumi.Output<string>;
  public readonly resourceGroupName: pulumi.Output<string>;

  constructor(name: string, args: CredentialVaultArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CredentialVault", name, {}, opts);

    const vault = args.existing ? existingVault(name, args, this) : newVault(name, args, this);
    for (const reader of args.readers ?? []) {
      new RoleAssignment(
        `${name}-reader-${reader.name}`,
        {
          scope: vault.id,
          principalId: reader.principalId,
          principalType: reader.principalType ?? "ServicePrincipal",
          roleDefinitionId: `/subscriptions/${args.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${SECRETS_USER}`,
        },
        { parent: this },
      );
    }

    this.vaultId = vault.id;
    this.vaultName = vault.name;
    this.vaultUri = vault.properties.apply(vaultAddress);
    this.resourceGroupName = pulumi.output(args.resourceGroupName);
    this.registerOutputs({
      vaultId: this.vaultId,
      vaultName: this.vaultName,
      vaultUri: this.vaultUri,
      resourceGroupName: this.resourceGroupName,
    });
  }
}

function newVault(name: string, args: CredentialVaultArgs, parent: pulumi.Resource): Vault {
  return new Vault(
    // Short, because the random digits that make it unique must fit the limit of 24 characters.
    `${name}-kv`,
    {
      resourceGroupName: args.resourceGroupName,
      vaultName: args.vaultName,
      location: args.location,
      properties: {
        tenantId: args.tenantId,
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        enableSoftDelete: true,
        softDeleteRetentionInDays: 90,
        publicNetworkAccess: (args.publicNetworkAccess ?? true) ? "Enabled" : "Disabled",
        ...(args.allowedIpRanges === undefined ? {} : { networkAcls: allowOnly(args.allowedIpRanges) }),
      },
      tags: args.tags,
    },
    { parent },
  );
}

function allowOnly(ranges: readonly string[]) {
  return { bypass: "None", defaultAction: "Deny", ipRules: ranges.map((value) => ({ value })) };
}

function existingVault(name: string, args: CredentialVaultArgs, parent: pulumi.Resource): Vault {
  if (args.vaultName === undefined) {
    throw new pulumi.RunError(
      `${name}: an existing vault must be named. Set vaultName, or existing to false to have one made.`,
    );
  }
  const id = pulumi.interpolate`/subscriptions/${args.subscriptionId}/resourceGroups/${args.resourceGroupName}/providers/Microsoft.KeyVault/vaults/${args.vaultName}`;
  return Vault.get(`${name}-kv`, id, { parent });
}

/** @throws RunError when the vault was read without an address, which an access-policy proxy or a wrong id would cause. */
function vaultAddress(properties: { readonly vaultUri?: string }): string {
  if (properties.vaultUri === undefined) {
    throw new pulumi.RunError(
      "The vault has no address. Check vault.name and vault.resourceGroup in the settings.",
    );
  }
  return properties.vaultUri;
}
