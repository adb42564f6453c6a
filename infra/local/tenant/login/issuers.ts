import type { TenantSettings } from "../core/types";

/** Microsoft's own login host, which leads to this tenant too when a client comes by the proxy. */
const microsoftLogin = "https://login.microsoftonline.com";

/** The issuer of v1.0 tokens: the one that Microsoft's APIs, and storage, expect. */
export function issuerV1(settings: TenantSettings): string {
  return `https://sts.windows.net/${settings.tenantId}/`;
}

/** The issuer of v2.0 tokens, as the metadata endpoint's login endpoint implies it. */
export function issuerV2(settings: TenantSettings): string {
  return `${settings.origin}/login/${settings.tenantId}/v2.0`;
}

/** One authority by two names: tokens of this tenant's v2.0 issuer match a credential that names either. */
export function isSameIssuer(settings: TenantSettings, presented: string, registered: string): boolean {
  const ours = [issuerV2(settings), `${microsoftLogin}/${settings.tenantId}/v2.0`];
  return presented === registered || (ours.includes(presented) && ours.includes(registered));
}

/** Whether the tenant itself issued a token with this issuer. */
export function isOwnIssuer(settings: TenantSettings, issuer: string): boolean {
  return issuer === issuerV1(settings) || isSameIssuer(settings, issuer, issuerV2(settings));
}

/** What a client assertion may name as audience: a token endpoint or the issuer, by any of the tenant's names. */
export function assertionAudiences(settings: TenantSettings, root: string): readonly string[] {
  const bases = new Set([root, `${settings.origin}/login`, microsoftLogin]);
  const tenants = [settings.tenantId, settings.domain.toLowerCase()];
  return [...bases].flatMap((base) =>
    tenants.flatMap((tenant) =>
      ["oauth2/v2.0/token", "oauth2/token", "v2.0"].map((end) => `${base}/${tenant}/${end}`),
    ),
  );
}
