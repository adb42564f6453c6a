import type { Collection, Entity, IndexKey, Store } from "../core/types";
import { type ChangeLog, changeLogOf } from "./changes";
import {
  type AdministrativeUnit,
  type Application,
  type AppRoleAssignment,
  collections,
  type DeletedItem,
  type Device,
  type DirectoryRole,
  type DirectoryRoleAssignment,
  type FederatedIdentityCredential,
  type Group,
  type Membership,
  type PermissionGrant,
  type PlainEntity,
  type Policy,
  type RoleEligibility,
  type ServicePrincipal,
  type User,
} from "./model";

/** All collections of the directory, typed, and the record of their changes. */
export interface Directory {
  readonly changes: ChangeLog;
  readonly applications: Collection<Application>;
  readonly servicePrincipals: Collection<ServicePrincipal>;
  readonly appRoleAssignments: Collection<AppRoleAssignment>;
  readonly federatedIdentityCredentials: Collection<FederatedIdentityCredential>;
  readonly directoryRoleAssignments: Collection<DirectoryRoleAssignment>;
  readonly users: Collection<User>;
  readonly groups: Collection<Group>;
  readonly memberships: Collection<Membership>;
  readonly administrativeUnits: Collection<AdministrativeUnit>;
  readonly devices: Collection<Device>;
  readonly permissionGrants: Collection<PermissionGrant>;
  readonly directoryRoles: Collection<DirectoryRole>;
  readonly roleEligibilities: Collection<RoleEligibility>;
  readonly deletedItems: Collection<DeletedItem>;
  readonly organizations: Collection<PlainEntity>;
  readonly domains: Collection<PlainEntity>;
  readonly subscribedSkus: Collection<PlainEntity>;
  readonly policies: Collection<Policy>;
  /** Registrations for sign-in that were planted, by the user's id. */
  readonly registrations: Collection<PlainEntity>;
  /** Sign-in activity of service principals that was planted, by the principal's id. */
  readonly principalActivities: Collection<PlainEntity>;
  readonly riskyUsers: Collection<PlainEntity>;
  readonly contacts: Collection<PlainEntity>;
  readonly riskyServicePrincipals: Collection<PlainEntity>;
}

/** Opens the directory of a store with the indexes that every service relies on. */
export function openDirectory(store: Store): Directory {
  const open = <T extends Entity>(declared: {
    readonly name: string;
    readonly indexes: Readonly<Record<string, IndexKey<T>>>;
  }): Collection<T> => store.collection(declared.name, declared.indexes);
  const directory: Omit<Directory, "changes"> = {
    applications: open<Application>(collections.applications),
    servicePrincipals: open<ServicePrincipal>(collections.servicePrincipals),
    appRoleAssignments: open<AppRoleAssignment>(collections.appRoleAssignments),
    federatedIdentityCredentials: open<FederatedIdentityCredential>(collections.federatedIdentityCredentials),
    directoryRoleAssignments: open<DirectoryRoleAssignment>(collections.directoryRoleAssignments),
    users: open<User>(collections.users),
    groups: open<Group>(collections.groups),
    memberships: open<Membership>(collections.memberships),
    administrativeUnits: open<AdministrativeUnit>(collections.administrativeUnits),
    devices: open<Device>(collections.devices),
    permissionGrants: open<PermissionGrant>(collections.permissionGrants),
    directoryRoles: open<DirectoryRole>(collections.directoryRoles),
    roleEligibilities: open<RoleEligibility>(collections.roleEligibilities),
    deletedItems: open<DeletedItem>(collections.deletedItems),
    organizations: open<PlainEntity>(collections.organizations),
    domains: open<PlainEntity>(collections.domains),
    subscribedSkus: open<PlainEntity>(collections.subscribedSkus),
    policies: open<Policy>(collections.policies),
    registrations: open<PlainEntity>(collections.registrations),
    principalActivities: open<PlainEntity>(collections.principalActivities),
    riskyUsers: open<PlainEntity>(collections.riskyUsers),
    contacts: open<PlainEntity>(collections.contacts),
    riskyServicePrincipals: open<PlainEntity>(collections.riskyServicePrincipals),
  };
  return { ...directory, changes: changeLogOf(store, directory) };
}
