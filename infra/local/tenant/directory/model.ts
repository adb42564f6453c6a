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
} as const;
