/** The entities of the directory that more than one service of the local tenant reads. Field names are Microsoft Graph's. */
import type { Entity } from "../core/types";

/** A client secret of an application; only the hash of its text is kept. */
export interface PasswordCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  /** First three characters of the secret, as Graph shows them. */
  readonly hint: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  /** SHA-256 of the secret, hexadecimal. Never leaves the tenant. */
  readonly secretHash: string;
  /** Tenant clock, milliseconds: when it was added, for replication to the token endpoint. */
  readonly addedAt: number;
}

/** A certificate of an application. */
export interface KeyCredential {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly type: "AsymmetricX509Cert";
  readonly usage: "Verify";
  /** DER of the certificate, base64. */
  readonly certificate: string;
  /** What the client sent as `key`, given back unchanged where Graph returns it. */
  readonly key: string;
  /** SHA-1 thumbprint, base64, as Graph shows it in customKeyIdentifier. */
  readonly customKeyIdentifier: string;
  /** SHA-256 thumbprint, base64url: the `x5t#S256` of a client assertion. */
  readonly thumbprintSha256: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly addedAt: number;
}

/** An app registration. Everything that only Graph reads is in `properties`. */
export interface Application extends Entity {
  readonly appId: string;
  readonly displayName: string;
  readonly passwordCredentials: readonly PasswordCredential[];
  readonly keyCredentials: readonly KeyCredential[];
  readonly owners: readonly string[];
  /** All other Graph properties as they are returned. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An enterprise application or managed identity. */
export interface ServicePrincipal extends Entity {
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalType: "Application" | "ManagedIdentity";
  readonly accountEnabled: boolean;
  readonly owners: readonly string[];
  readonly appRoles: readonly AppRole[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** An application permission that an API's service principal publishes. */
export interface AppRole {
  readonly id: string;
  readonly value: string;
  readonly displayName: string;
  readonly description: string;
  readonly isEnabled: boolean;
  readonly allowedMemberTypes: readonly string[];
}

/** Admin consent of one application permission. */
export interface AppRoleAssignment extends Entity {
  readonly appRoleId: string;
  readonly principalId: string;
  readonly principalType: "ServicePrincipal" | "User" | "Group";
  readonly resourceId: string;
  readonly createdDateTime: string;
}

/** A federated identity credential of an application. */
export interface FederatedIdentityCredential extends Entity {
  readonly applicationId: string;
  readonly name: string;
  readonly issuer: string;
  readonly subject: string;
  readonly audiences: readonly string[];
  readonly description: string | null;
}

/** An active directory role assignment. `roleDefinitionId` of a built-in role is its template id. */
export interface DirectoryRoleAssignment extends Entity {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  /** The scope inside an application, where the assignment was made with one instead of a directory scope. */
  readonly appScopeId?: string;
}

/** A licence of a user or group. */
export interface AssignedLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** A person's account, or a guest's. Properties that are null are left out of `properties`. */
export interface User extends Entity {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | null;
  readonly accountEnabled: boolean;
  readonly userType: "Member" | "Guest";
  readonly createdDateTime: string;
  readonly managerId: string | null;
  readonly assignedLicenses: readonly AssignedLicense[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A group of any kind: security, Microsoft 365, mail-enabled security, distribution list. */
export interface Group extends Entity {
  readonly displayName: string;
  readonly mail: string | null;
  readonly mailNickname: string;
  readonly mailEnabled: boolean;
  readonly securityEnabled: boolean;
  readonly groupTypes: readonly string[];
  readonly isAssignableToRole: boolean;
  readonly createdDateTime: string;
  readonly owners: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Direct membership in a group or an administrative unit; `id` is `<container>:<member>`. */
export interface Membership extends Entity {
  readonly containerId: string;
  readonly memberId: string;
}

/** An administrative unit. */
export interface AdministrativeUnit extends Entity {
  readonly displayName: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A device; `owners` are its registered owners. */
export interface Device extends Entity {
  readonly deviceId: string;
  readonly displayName: string;
  readonly accountEnabled: boolean;
  readonly owners: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Delegated permissions granted to a client, for everybody or one user. */
export interface PermissionGrant extends Entity {
  readonly clientId: string;
  readonly resourceId: string;
  readonly consentType: "AllPrincipals" | "Principal";
  readonly principalId: string | null;
  readonly scope: string;
}

/** A directory role that was activated in the tenant; `id` is the instance's, not the template's. */
export interface DirectoryRole extends Entity {
  readonly roleTemplateId: string;
}

/** Eligibility for a directory role (Privileged Identity Management). */
export interface RoleEligibility extends Entity {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
  readonly startDateTime: string;
  readonly endDateTime: string | null;
}

/** The kinds of objects that are kept for 30 days after their deletion. */
export type DeletableKind = "application" | "servicePrincipal" | "user" | "group" | "administrativeUnit";

/** A soft-deleted object with what hung on it, so that a restore brings both back. */
export interface DeletedItem extends Entity {
  readonly kind: DeletableKind;
  readonly deletedDateTime: string;
  readonly object: Entity;
  readonly assignments: readonly AppRoleAssignment[];
  readonly memberships: readonly Membership[];
}

/** Anything that is stored as Graph returns it: domains, SKUs, policies, audit entries and the like. */
export interface PlainEntity extends Entity {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A policy of the tenant; `kind` says which list or singleton of Graph it belongs to. */
export interface Policy extends PlainEntity {
  readonly kind: string;
}

/** Names and indexes of the shared collections; declared once so that every service opens them alike. */
export const collections = {
  applications: {
    name: "applications",
    indexes: { appId: (a: Application) => a.appId, displayName: (a: Application) => a.displayName },
  },
  servicePrincipals: {
    name: "servicePrincipals",
    indexes: { appId: (s: ServicePrincipal) => s.appId, displayName: (s: ServicePrincipal) => s.displayName },
  },
  appRoleAssignments: {
    name: "appRoleAssignments",
    indexes: {
      principalId: (a: AppRoleAssignment) => a.principalId,
      resourceId: (a: AppRoleAssignment) => a.resourceId,
    },
  },
  federatedIdentityCredentials: {
    name: "federatedIdentityCredentials",
    indexes: { applicationId: (f: FederatedIdentityCredential) => f.applicationId },
  },
  directoryRoleAssignments: {
    name: "directoryRoleAssignments",
    indexes: {
      principalId: (a: DirectoryRoleAssignment) => a.principalId,
      roleDefinitionId: (a: DirectoryRoleAssignment) => a.roleDefinitionId,
    },
  },
  users: {
    name: "users",
    indexes: {
      userPrincipalName: (u: User) => u.userPrincipalName,
      displayName: (u: User) => u.displayName,
      managerId: (u: User) => u.managerId ?? undefined,
    },
  },
  groups: {
    name: "groups",
    indexes: { displayName: (g: Group) => g.displayName, mailNickname: (g: Group) => g.mailNickname },
  },
  memberships: {
    name: "memberships",
    indexes: { containerId: (m: Membership) => m.containerId, memberId: (m: Membership) => m.memberId },
  },
  administrativeUnits: { name: "administrativeUnits", indexes: {} },
  devices: {
    name: "devices",
    indexes: { deviceId: (d: Device) => d.deviceId, owner: (d: Device) => d.owners },
  },
  permissionGrants: {
    name: "permissionGrants",
    indexes: {
      clientId: (g: PermissionGrant) => g.clientId,
      principalId: (g: PermissionGrant) => g.principalId ?? undefined,
    },
  },
  directoryRoles: {
    name: "directoryRoles",
    indexes: { roleTemplateId: (r: DirectoryRole) => r.roleTemplateId },
  },
  roleEligibilities: {
    name: "roleEligibilities",
    indexes: { principalId: (r: RoleEligibility) => r.principalId },
  },
  deletedItems: { name: "deletedItems", indexes: { kind: (d: DeletedItem) => d.kind } },
  organizations: { name: "organizations", indexes: {} },
  domains: { name: "domains", indexes: {} },
  subscribedSkus: { name: "subscribedSkus", indexes: {} },
  policies: { name: "policies", indexes: { kind: (p: Policy) => p.kind } },
  registrations: { name: "registrations", indexes: {} },
  principalActivities: { name: "principalActivities", indexes: {} },
  riskyUsers: { name: "riskyUsers", indexes: {} },
  contacts: { name: "contacts", indexes: {} },
  riskyServicePrincipals: { name: "riskyServicePrincipals", indexes: {} },
} as const;
