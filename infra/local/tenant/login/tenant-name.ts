import type { TenantSettings } from "../core/types";
import { LoginError } from "./errors";

const shared = new Set(["common", "organizations"]);

/** Refuses a tenant that is not ours: the path names it by GUID or by domain. */
export function requireTenant(
  settings: TenantSettings,
  name: string,
  error: "invalid_request" | "invalid_tenant" = "invalid_tenant",
): void {
  if (isTenant(settings, name)) return;
  if (shared.has(name.toLowerCase())) {
    throw new LoginError(
      "invalid_request",
      90130,
      "Application is not supported over the /common or /consumers endpoints. " +
        "Please use the /organizations or tenant-specific endpoint.",
    );
  }
  throw unknownTenant(name, error);
}

/** Whether a path's first segment is for all tenants, as documents of the login service may be. */
export function isSharedTenant(name: string): boolean {
  return shared.has(name.toLowerCase());
}

/** AADSTS90002; the token endpoint calls it an invalid request, the documents an invalid tenant. */
function unknownTenant(name: string, error: "invalid_request" | "invalid_tenant"): LoginError {
  return new LoginError(
    error,
    90002,
    `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the ` +
      "correct cloud. Check with your subscription administrator, this may happen if there are no active " +
      "subscriptions for the tenant.",
  );
}

function isTenant(settings: TenantSettings, name: string): boolean {
  const wanted = name.toLowerCase();
  return wanted === settings.tenantId || wanted === settings.domain.toLowerCase();
}
