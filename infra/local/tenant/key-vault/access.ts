/** Who may do what in a vault: a token for Key Vault, and a role with the data action on the vault or above. */

import { isDataActionAllowed } from "../arm/access";
import { TokenError } from "../core/tokens";
import type { Caller } from "../core/types";
import { VaultError } from "./errors";
import type { Vault } from "./vault";

/** Checks the bearer token; without a good one answers the challenge from which clients learn where to sign in. */
export async function authenticate(vault: Vault, authorization: string | undefined): Promise<Caller> {
  const { origin, tenantId } = vault.tenant.settings;
  try {
    return await vault.tenant.tokens.verify(authorization, "key-vault");
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const message =
      error.problem === "missing"
        ? "AKV10000: Request is missing a Bearer or PoP token."
        : `AKV10022: Invalid token. ${error.message}`;
    throw new VaultError(401, "Unauthorized", message, undefined, {
      // Clients take the tenant's id from the whole path, as it is on Microsoft's login host: no prefix before it.
      "WWW-Authenticate": `Bearer authorization="${origin}/${tenantId}", resource="https://vault.azure.net"`,
    });
  }
}

/**
 * Refuses a caller whose roles lack the data action on the vault or on the item.
 * @param item path of the item below the vault, for example `secrets/name`
 * @throws VaultError 403 ForbiddenByRbac
 */
export function permit(vault: Vault, caller: Caller, action: string, item?: string): void {
  const vaultId = vault.resourceId();
  const scope = item === undefined ? vaultId : `${vaultId}/${item}`;
  if (isDataActionAllowed(vault.tenant, caller.objectId, scope, `Microsoft.KeyVault/vaults/${action}`))
    return;
  throw new VaultError(
    403,
    "Forbidden",
    [
      "Caller is not authorized to perform action on resource.",
      "If role assignments, deny assignments or role definitions were changed recently, please observe propagation time.",
      `Caller: appid=${caller.clientId};oid=${caller.objectId};iss=https://sts.windows.net/${caller.tenantId}/`,
      `Action: 'Microsoft.KeyVault/vaults/${action}'`,
      `Resource: '${scope}'`,
      "Assignment: (not found)",
      `Vault: ${vault.name}`,
    ].join("\r\n"),
    "ForbiddenByRbac",
  );
}
