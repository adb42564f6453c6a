/** An app registration of a tenant with its enterprise application, made by whatever means, in plain values. */

/** An application permission, asked for in the registration or granted in the tenant. */
export interface HeldRole {
  readonly resourceAppId: string;
  /** Display name of the API. */
  readonly api: string;
  readonly id: string;
  /** Name of the permission; undefined when the API publishes none with that id. */
  readonly value: string | undefined;
}

/** Delegated permissions that were consented to. */
export interface DelegatedGrant {
  readonly api: string;
  readonly scopes: readonly string[];
  /** True: for every user. False: for one. */
  readonly everybody: boolean;
}

/** Whoever can change the registration, and so sign in as it. */
export interface Owner {
  readonly id: string;
  readonly kind: "user" | "servicePrincipal" | "other";
  /** Undefined where the auditor may not read it. */
  readonly name: string | undefined;
  readonly of: "registration" | "enterprise application";
}

/** A secret, certificate or trusted workload that signs in as the application. */
export interface HeldCredential {
  readonly kind: "clientSecret" | "certificate" | "federated";
  readonly on: "registration" | "enterprise application";
  readonly name: string;
  /** Key id; of a federated credential its id. */
  readonly id: string;
  /** ISO date-times; undefined for a federated credential, which does not expire. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  /** Issuer and subject of a federated credential. */
  readonly trusts?: string;
}

export interface HeldDirectoryRole {
  readonly templateId: string;
  /** Undefined for a role that is not built in. */
  readonly displayName: string | undefined;
  /** `/` is the whole tenant. */
  readonly scope: string;
}

/** The parts that only a registration has; it lives in one tenant, its enterprise application in many. */
export interface RegistrationPart {
  readonly objectId: string;
  readonly createdDateTime: string | undefined;
  /** `AzureADMyOrg` is this tenant only. */
  readonly signInAudience: string;
  readonly redirectUris: readonly { readonly platform: string; readonly uri: string }[];
  readonly isPublicClient: boolean;
  readonly implicitGrants: readonly string[];
  readonly identifierUris: readonly string[];
  readonly requestedRoles: readonly HeldRole[];
  /** Delegated permissions asked for: name or id, with the API. */
  readonly requestedScopes: readonly { readonly api: string; readonly scope: string }[];
}

/** The parts that only an enterprise application has. */
export interface PrincipalPart {
  readonly objectId: string;
  readonly enabled: boolean;
  readonly grantedRoles: readonly HeldRole[];
  /** Undefined: the auditor may not read them. */
  readonly delegated: readonly DelegatedGrant[] | undefined;
  /** Undefined: the auditor may not read them. */
  readonly directoryRoles: readonly HeldDirectoryRole[] | undefined;
}

export interface Registration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly displayName: string;
  /** Undefined: registered in another tenant. */
  readonly registration: RegistrationPart | undefined;
  /** Undefined: no enterprise application, so nothing is granted here. */
  readonly principal: PrincipalPart | undefined;
  readonly owners: readonly Owner[];
  readonly credentials: readonly HeldCredential[];
  /** What could not be read, with the permission that reads it. */
  readonly notRead: readonly { readonly what: string; readonly needs: string }[];
}
