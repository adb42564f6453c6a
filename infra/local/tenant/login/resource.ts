import { apiOfResource } from "../core/tokens";
import type { TenantSettings } from "../core/types";
import type { Application, ServicePrincipal } from "../directory/model";
import type { Directory } from "../directory/open";
import { LoginError } from "./errors";

/** The audience that a federated credential's token carries; every tenant has it without a service principal. */
const tokenExchange = /^api:\/\/AzureADTokenExchange(USGov|China)?$/i;

/** What a token is for. */
export interface TokenResource {
  /** The `aud` claim: as the client wrote it, since APIs compare it with the names they know. */
  readonly audience: string;
  /** The API in this tenant; its app roles are what the token can carry. Absent: an API without app roles of ours. */
  readonly principal: ServicePrincipal | undefined;
  /** The version of access token that the API asks for. */
  readonly version: 1 | 2;
}

/** Finds what a resource names: one of Microsoft's APIs, or an API of this tenant. AADSTS500011 when there is none. */
export function resolveResource(
  settings: TenantSettings,
  directory: Directory,
  resource: string,
): TokenResource {
  const wanted = resource.trim();
  if (tokenExchange.test(wanted)) return { audience: wanted, principal: undefined, version: 2 };
  const api = apiOfResource(settings.origin, wanted);
  const principal =
    api === undefined
      ? principalNamed(directory, wanted)
      : directory.servicePrincipals.by("appId", api.appId)[0];
  if (api === undefined && principal === undefined) throw unknownResource(settings, wanted);
  if (principal?.accountEnabled === false) throw disabledResource(principal);
  return { audience: wanted, principal, version: api === undefined ? tokenVersion(directory, principal) : 1 };
}

function principalNamed(directory: Directory, resource: string): ServicePrincipal | undefined {
  const wanted = withoutSlash(resource);
  const byAppId = directory.servicePrincipals.by("appId", wanted)[0];
  if (byAppId !== undefined) return byAppId;
  for (const principal of directory.servicePrincipals.values()) {
    if (textsOf(principal.properties.servicePrincipalNames).some((name) => withoutSlash(name) === wanted)) {
      return principal;
    }
  }
  const application = applicationNamed(directory, wanted);
  return application && directory.servicePrincipals.by("appId", application.appId)[0];
}

function applicationNamed(directory: Directory, wanted: string): Application | undefined {
  for (const application of directory.applications.values()) {
    if (textsOf(application.properties.identifierUris).some((uri) => withoutSlash(uri) === wanted))
      return application;
  }
  return undefined;
}

function tokenVersion(directory: Directory, principal: ServicePrincipal | undefined): 1 | 2 {
  const application = principal && directory.applications.by("appId", principal.appId)[0];
  const api = application?.properties.api;
  const asked = typeof api === "object" && api !== null && "requestedAccessTokenVersion" in api;
  return asked && api.requestedAccessTokenVersion === 2 ? 2 : 1;
}

function unknownResource(settings: TenantSettings, resource: string): LoginError {
  return new LoginError(
    "invalid_resource",
    500011,
    `The resource principal named ${resource} was not found in the tenant named ${settings.displayName}. This can ` +
      "happen if the application has not been installed by the administrator of the tenant or consented to by any " +
      "user in the tenant. You might have sent your authentication request to the wrong tenant.",
  );
}

function disabledResource(principal: ServicePrincipal): LoginError {
  return new LoginError(
    "invalid_resource",
    500014,
    `The service principal for resource '${principal.appId}' is disabled. This indicate that a subscription within ` +
      "the tenant has lapsed, or that the administrator for this tenant has disabled the application, preventing " +
      "tokens from being issued for it.",
  );
}

function withoutSlash(text: string): string {
  return text.toLowerCase().replace(/\/+$/, "");
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === "string") : [];
}
