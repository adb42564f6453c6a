/**
 * The permission manifest: what a stack asks of a tenant, in plain values. Made by `plan`, declared by the components,
 * written to the lock file, judged by the policies. One shape for all of them, so that they cannot disagree.
 */

/** T0: a path to Global Administrator. T1: writes tenant-wide, or reads secrets, mail or files. T2: other reads. */
export type Tier = "T0" | "T1" | "T2";

/** One application permission of an API, with the reason it is there. */
export interface RoleGrant {
  /** Name of the app role, for example `User.Read.All`. */
  readonly value: string;
  /** Id of the app role on the API's service principal. */
  readonly id: string;
  readonly tier: Tier;
  /** The settings or capabilities that need it, in words for a reviewer. */
  readonly because: readonly string[];
}

/** The application permissions asked of one API. */
export interface ApiGrants {
  /** Application id of the API, the same in every tenant. */
  readonly resourceAppId: string;
  readonly displayName: string;
  /** Sorted by value. */
  readonly roles: readonly RoleGrant[];
}

/** A directory role assigned to the connector's service principal, active and permanent. */
export interface DirectoryRoleGrant {
  readonly templateId: string;
  readonly displayName: string;
  readonly tier: Tier;
  readonly because: readonly string[];
  /** The reason given in the stack's acknowledgement, for the notes of the service principal. */
  readonly justification?: string;
}

/** A permission that a capability needs and the connector does not ask for, because other permissions cover its calls. */
export interface CoveredRole {
  readonly resourceAppId: string;
  readonly value: string;
  /** Names of the permissions of the same API that cover it. */
  readonly by: readonly string[];
  readonly because: readonly string[];
}

/** A client secret or generated certificate in two overlapping slots. */
export interface RotatingCredential {
  readonly kind: "clientSecret" | "certificate";
  /** Validity of one slot, days: period plus overlap. */
  readonly lifetimeDays: number;
  /** How long the previous slot stays valid beside the new one, days. */
  readonly overlapDays: number;
  /** ISO date-time from which the slots are counted. */
  readonly anchor: string;
}

/** A certificate whose private key the vendor holds. */
export interface VendorCertificate {
  readonly kind: "vendorCertificate";
  /** Path as given in the settings. */
  readonly file: string;
  /** SHA-256 thumbprint, hexadecimal, upper case. */
  readonly thumbprint: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** A workload identity that signs in as the connector without a secret. */
export interface FederatedCredential {
  readonly kind: "federated";
  /** Issuer and subject where the user named them; absent: the stack's collector identity. */
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience: string;
}

export type CredentialGrant = RotatingCredential | VendorCertificate | FederatedCredential;

/** Something that is allowed only when the stack acknowledges it. */
export interface AcknowledgementNeed {
  /** Id of the policy rule, for example `tier0-app-role`. */
  readonly rule: string;
  /** The culprit, for example the role's name. */
  readonly finding: string;
  /** The setting of the entry that brings it, for example `provision`. */
  readonly setting: string;
  /** Why it needs one, in a sentence. */
  readonly reason: string;
  /** True when the stack's acknowledgements cover it. */
  readonly acknowledged: boolean;
}

/** What one connector entry asks for. */
export interface ConnectorManifest {
  readonly name: string;
  readonly profile: string;
  readonly tenantId: string;
  readonly cloud: string;
  readonly access: "read-only" | "read-write";
  readonly permissions: "minimal" | "documented";
  readonly consent: "grant" | "request";
  /** Sorted by display name. */
  readonly apis: readonly ApiGrants[];
  readonly directoryRoles: readonly DirectoryRoleGrant[];
  /** Sorted by API and value. */
  readonly covered: readonly CoveredRole[];
  readonly credentials: readonly CredentialGrant[];
  /** Ids of the capabilities that the settings chose; `test-connection` probes each. */
  readonly capabilities: readonly string[];
  readonly needsAcknowledgement: readonly AcknowledgementNeed[];
}

/** An Azure role that the stack's collector holds. */
export interface AzureRoleGrant {
  /** Name of the role. */
  readonly role: string;
  /** Id of the role definition. */
  readonly id: string;
  /** What it is assigned on, in words or as a resource id. */
  readonly scope: string;
  readonly tier: Tier;
  readonly because: readonly string[];
}

/** What a whole stack asks for. */
export interface Manifest {
  readonly formatVersion: 1;
  /** Of the stack's collector, sorted by role and scope; empty without one. */
  readonly azureRoleAssignments: readonly AzureRoleGrant[];
  /** Sorted by name. */
  readonly connectors: readonly ConnectorManifest[];
}
