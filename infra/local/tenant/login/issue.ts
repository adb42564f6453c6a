import { randomBytes } from "node:crypto";
import type { Replication, TenantSettings } from "../core/types";
import type { ServicePrincipal } from "../directory/model";
import type { Directory } from "../directory/open";
import { issuerV1, issuerV2 } from "./issuers";
import type { IssuingTenant } from "./issuing-tenant";
import type { TokenResource } from "./resource";

/** Five minutes before now, as Microsoft's tokens do, for APIs whose clock is a little behind. */
const startsBefore = 300;

/** An access token and what is said with it. */
export interface IssuedToken {
  readonly token: string;
  /** Seconds from now until it expires. */
  readonly expiresIn: number;
  /** Start and end, seconds since 1970 on the tenant's clock. */
  readonly notBefore: number;
  readonly expiresOn: number;
}

/** Who gets a token, and how it proved who it is (`appidacr`: 1 secret, 2 certificate or federated assertion). */
export interface TokenSubject {
  readonly principal: ServicePrincipal;
  readonly proof: "secret" | "assertion";
}

/** Issues an access token: the app roles in it are those consented (and replicated) now, and stay until it expires. */
export async function issueToken(
  tenant: IssuingTenant,
  directory: Directory,
  subject: TokenSubject,
  resource: TokenResource,
  lifetime: number,
): Promise<IssuedToken> {
  const now = Math.floor(tenant.clock.now() / 1000);
  const roles = grantedRoles(tenant.replication, directory, subject.principal, resource.principal);
  const claims = {
    aud: resource.audience,
    iat: now,
    nbf: now - startsBefore,
    exp: now + lifetime,
    oid: subject.principal.id,
    sub: subject.principal.id,
    tid: tenant.settings.tenantId,
    idtyp: "app",
    uti: randomBytes(16).toString("base64url"),
    ...(roles.length === 0 ? {} : { roles }),
    ...versionClaims(tenant.settings, subject, resource.version),
  };
  return {
    token: await tenant.tokens.sign(claims),
    expiresIn: lifetime,
    notBefore: claims.nbf,
    expiresOn: claims.exp,
  };
}

/** Claims whose names differ between the versions of access tokens (page "Access token claims reference"). */
function versionClaims(
  settings: TenantSettings,
  subject: TokenSubject,
  version: 1 | 2,
): Record<string, string> {
  const { appId, displayName } = subject.principal;
  const reference = subject.proof === "secret" ? "1" : "2";
  if (version === 2) return { ver: "2.0", iss: issuerV2(settings), azp: appId, azpacr: reference };
  const issuer = issuerV1(settings);
  return {
    ver: "1.0",
    iss: issuer,
    idp: issuer,
    appid: appId,
    app_displayname: displayName,
    appidacr: reference,
  };
}

/** Values of the app roles of one API that are assigned to a principal and have reached the token service. */
function grantedRoles(
  replication: Replication,
  directory: Directory,
  principal: ServicePrincipal,
  api: ServicePrincipal | undefined,
): readonly string[] {
  if (api === undefined) return [];
  const roles = new Map(api.appRoles.filter((role) => role.isEnabled).map((role) => [role.id, role.value]));
  const granted = new Set<string>();
  for (const assignment of directory.appRoleAssignments.by("principalId", principal.id)) {
    const value = assignment.resourceId === api.id ? roles.get(assignment.appRoleId) : undefined;
    const since = directory.appRoleAssignments.times(assignment.id)?.createdAt;
    if (value && since !== undefined && replication.visible("roles-claim", since)) granted.add(value);
  }
  return [...granted];
}
