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

/** A resource of one of the types in `kinds`; `id` is its lower-case path. */
export interface Resource extends Entity {
  /** The id in the casing that Azure returns. */
  readonly path: string;
  /** With namespace, for example `Microsoft.Web/sites`. */
  readonly type: string;
  readonly name: string;
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Members of the body as they were declared. */
  readonly kind?: string | undefined;
  readonly sku?: Readonly<Record<string, unknown>> | undefined;
  readonly identity?:
    | { readonly type: string; readonly userAssignedIdentities?: readonly string[] | undefined }
    | undefined;
  readonly extendedLocation?: unknown;
  readonly zones?: readonly string[] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What was made at creation and stays: keys and GUIDs. */
  readonly generated: Readonly<Record<string, string>>;
  /** Tenant clock, milliseconds. */
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Client id of who created it. */
  readonly createdBy: string;
}

/** An asynchronous operation that a client may ask after; `id` is in its Location. */
interface Operation extends Entity {
  readonly startedAt: number;
  /** The id of the resource that its end shows, for a write. */
  readonly resource?: string | undefined;
}

/** All collections of Azure Resource Manager. */
export interface Resources {
  readonly resourceGroups: Collection<ResourceGroup>;
  readonly vaults: Collection<Vault>;
  readonly deletedVaults: Collection<DeletedVault>;
  readonly identities: Collection<Identity>;
  readonly roleAssignments: Collection<RoleAssignment>;
  /** Resources of the types in `kinds`. */
  readonly others: Collection<Resource>;
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
    others: store.collection<Resource>("armResources", {
      type: ({ type }) => type,
      parent: ({ id }) => id.replace(/\/[^/]+\/[^/]+$/, ""),
    }),
    operations: store.collection<Operation>("armOperations"),
  };
}
