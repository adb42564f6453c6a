import type { TenantSettings } from "../core/types";
import { issuerV1, issuerV2 } from "./issuers";
import { isSharedTenant } from "./tenant-name";

/** The OpenID configuration of a tenant, or of all tenants (`{tenantid}` in the issuer), below the root that the client used. */
export function openIdConfiguration(
  settings: TenantSettings,
  root: string,
  tenant: string,
  version: 1 | 2,
): Record<string, unknown> {
  const shared = isSharedTenant(tenant);
  const name = shared ? tenant.toLowerCase() : settings.tenantId;
  const base = `${root}/${name}`;
  const oauth = version === 2 ? `${base}/oauth2/v2.0` : `${base}/oauth2`;
  const issuer =
    version === 1 ? issuerV1(settings) : issuerV2(settings).replace(`${settings.origin}/login`, root);
  return {
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    jwks_uri: version === 2 ? `${base}/discovery/v2.0/keys` : `${root}/${name}/discovery/keys`,
    response_modes_supported: ["query", "fragment", "form_post"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    response_types_supported: ["code", "id_token", "code id_token", "id_token token"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    issuer: shared ? issuer.replace(settings.tenantId, "{tenantid}") : issuer,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ["sub", "iss", "aud", "exp", "iat", "tid", "ver", "oid", "roles", "appid", "azp"],
    tenant_region_scope: "EU",
    cloud_instance_name: "microsoftonline.com",
    cloud_graph_host_name: "graph.windows.net",
    msgraph_host: "graph.microsoft.com",
  };
}

/** Instance discovery: which hosts are one authority. Clients ask it whether an authority can be trusted. */
export function instanceDiscovery(root: string, tenant: string): Record<string, unknown> {
  const host = new URL(root).host;
  return {
    tenant_discovery_endpoint: `${root}/${tenant}/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [
      { preferred_network: host, preferred_cache: host, aliases: [host] },
      {
        preferred_network: "login.microsoftonline.com",
        preferred_cache: "login.windows.net",
        aliases: ["login.microsoftonline.com", "login.windows.net", "login.microsoft.com", "sts.windows.net"],
      },
    ],
  };
}
