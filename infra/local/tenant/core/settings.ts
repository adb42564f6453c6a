import type { TenantSettings } from "./types";

/** The facts of the default tenant. They are fixed, so that a committed stack file can name them. */
export const defaultTenant = {
  tenantId: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  domain: "contoso.example",
  displayName: "Contoso",
  subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
} as const;

/** Port of the tenant unless another is asked for. */
export const defaultPort = 8443;

/** The settings of the default tenant at an origin, with its state in a folder. */
export function tenantSettings(place: Pick<TenantSettings, "origin" | "directory">): TenantSettings {
  return { ...defaultTenant, ...place };
}
