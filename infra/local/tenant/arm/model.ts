/** What Azure Resource Manager stores. Keys are lower-case, because names compare without regard to case. */
import type { Collection, Entity, Store } from "../core/types";

/** Properties that every resource carries. */
interface Tracked extends Entity {
  readonly name: string;
  readonly subscriptionId: string;
  readonly location: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource group; `id` is its lower-case path. */
export interface ResourceGroup extends Tracked {
  readonly managedBy: string | undefined;
  /** Tenant clock, milliseconds: when its deletion began. */
  readonly deletingSince: number | undefined;
}

/** A permission entry of a vault without RBAC. */
interface AccessPolicy {
  readonly tenantId: string;
  readonly objectId: string;
  readonly permissions: Readonly<Record<string, readonly string[] | undefined>>;
}

/** A key vault; `id` is its lower-case name, which is unique in all of Azure. */
export interface Vault extends Tracked {
  readonly resourceGroup: string;
  readonly properties: VaultProperties;
  /** Tenant clock, milliseconds: when its name was put into DNS. */
  readonly registeredAt: number;
}

/** What the vault was declared with; read-only properties are added when it is returned. */
export interface VaultProperties {
  readonly tenantId: string;
  readonly accessPolicies: readonly AccessPolicy[];
  readonly enableRbacAuthorization: boolean;
  readonly softDeleteRetentionInDays: number;
  readonly enablePurgeProtection?: true | undefined;
  readonly publicNetworkAccess: string;
  readonly networkAcls?:
    | {
        readonly defaultAction?: string | undefined;
        readonly ipRules?: readonly { readonly value: string }[] | undefined;
      }
    | undefined;
  readonly [other: string]: unknown;
}

/** A vault that was deleted and keeps its name until it is purged. */
export interface DeletedVault extends Entity {
  readonly vault: Vault;
  readonly deletedAt: number;
  readonly scheduledPurgeAt: number;
}

/** A user-assigned managed identity; `id` is its lower-case path. */
export interface Identity extends Tracked {
  readonly resourceGroup: string;
  /** Object id of its service principal. */
  readonly principalId: string;
  readonly clientId: string;
}

/** A role on a scope; `id` is the lower-case path. */
export interface RoleAssignment extends Entity {
  /** A GUID. */
  readonly name: string;
  readonly scope: string;
  /** The GUID of the definition. */
  readonly roleId: string;
  readonly roleDefinitionId: string;
  readonly principalId: string;
  readonly principalType: string;
  readonly description: string | null;
  readonly createdOn: string;
  readonly updatedOn: string;
  readonly createdBy: string;
  readonly updatedBy: string;
}

/** An asynchronous operation that a client may ask after; `id` is in its Location. */
interface Operation extends Entity {
  readonly startedAt: number;
}

/** All collections of Azure Resource Manager. */
export interface Resources {
  readonly resourceGroups: Collection<ResourceGroup>;
  readonly vaults: Collection<Vault>;
  readonly deletedVaults: Collection<DeletedVault>;
  readonly identities: Collection<Identity>;
  readonly roleAssignments: Collection<RoleAssignment>;
  readonly operations: Collection<Operation>;
}

/** Opens the collections with the indexes that every part relies on. */
export function openResources(store: Store): Resources {
  return {
    resourceGroups: store.collection<ResourceGroup>("armResourceGroups"),
    vaults: store.collection<Vault>("armVaults"),
    deletedVaults: store.collection<DeletedVault>("armDeletedVaults"),
    identities: store.collection<Identity>("armIdentities"),
    roleAssignments: store.collection<RoleAssignment>("armRoleAssignments", {
      principalId: (assignment) => assignment.principalId,
    }),
    operations: store.collection<Operation>("armOperations"),
  };
}
