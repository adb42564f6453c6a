import type { Properties } from "../../../../components/plugin/serve/values";

export const GROUP = "/subscriptions/s-1/resourceGroups/rg/providers";
export const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/id`;
export const SITE = `${GROUP}/Microsoft.Web/sites/collector`;
export const ACCOUNT = `${GROUP}/Microsoft.Storage/storageAccounts/collector`;
export const NETWORK = `${GROUP}/Microsoft.Network`;
export const rg = { resourceGroupName: "rg" };
export const placed = { ...rg, location: "westeurope" };

/** A resource type by example. */
export interface ArmCase {
  readonly type: string;
  readonly inputs: Properties;
  readonly path: string;
  readonly version: string;
  /** The body of the PUT. */
  readonly body: Record<string, unknown>;
}
