/**
 * Argument types that several components share. They keep to what every Pulumi language can express: interfaces, arrays,
 * maps and named enumerations. Names and ids of permissions are plain values, so that policies can judge them at preview.
 */
import type * as pulumi from "@pulumi/pulumi";

/** One application permission (app role) of an API. */
export interface AppRoleArgs {
  /** Name of the app role, for example `User.Read.All`. */
  value: string;
  /** Id of the app role on the API's service principal. */
  id: string;
}

/** The application permissions asked of one API. */
export interface ApiPermissionsArgs {
  /** Application id of the API, the same in every tenant, for example `00000003-0000-0000-c000-000000000000`. */
  resourceAppId: string;
  /** Name of the API; part of the resource names, so it never changes. */
  displayName: string;
  /** The app roles, each once. */
  roles: AppRoleArgs[];
  /**
   * Object id of the API's service principal in the tenant.
   * @default looked up, with a check of the roles' ids there
   */
  servicePrincipalId?: string;
}

/** Whether the deployer consents itself or asks an administrator. */
export const ConsentMode = {
  /** App roles and directory roles are assigned: this is the administrator's consent. */
  Grant: "grant",
  /** They are declared only; an administrator grants them by the consent URL. */
  Request: "request",
} as const;
/** Whether the deployer consents itself or asks an administrator. */
export type ConsentMode = (typeof ConsentMode)[keyof typeof ConsentMode];

/** The Key Vault that receives a credential. */
export interface VaultTargetArgs {
  resourceGroupName: pulumi.Input<string>;
  vaultName: pulumi.Input<string>;
  /** For example `https://kv-contoso.vault.azure.net/`. */
  vaultUri: pulumi.Input<string>;
}

/** A name as it may stand in a resource name: lower case, digits, hyphens and the dots of permission names. */
export function nameSuffix(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^-+|-+$/g, "");
}
