import type { ArmCall } from "../call";
import { ArmError, retrySoon } from "../errors";

interface Principal {
  readonly type: "ServicePrincipal" | "User" | "Group";
  readonly visible: boolean;
}

/**
 * Checks the principal of a new role assignment and answers its type. A principal that was just created has not reached
 * the place of this check; naming its type skips the wait, as in Azure ("Troubleshoot Azure RBAC", principal not found).
 * @throws ArmError 400 PrincipalNotFound | UnmatchedPrincipalType
 */
export function checkPrincipal(call: ArmCall, principalId: string, declaredType: string | undefined): string {
  const principal = find(call, principalId);
  if (principal === undefined || (declaredType === undefined && !principal.visible)) {
    throw new ArmError(
      400,
      "PrincipalNotFound",
      `Principal ${principalId.replaceAll("-", "")} does not exist in the directory ${call.tenant.settings.tenantId}. ` +
        "Check that you have the correct principal ID. If you are creating this principal and then immediately assigning a role, " +
        "this error might be related to a replication delay. In this case, set the role assignment principalType property to a " +
        "value, such as ServicePrincipal, User, or Group.  See https://aka.ms/docs-principaltype",
      retrySoon,
    );
  }
  if (declaredType === undefined || declaredType === principal.type) return principal.type;
  throw new ArmError(
    400,
    "UnmatchedPrincipalType",
    `The PrincipalId '${principalId.replaceAll("-", "")}' has type '${principal.type}' , which is different from specified ` +
      `PrinciaplType '${declaredType}'.`,
  );
}

function find({ directory, tenant }: ArmCall, id: string): Principal | undefined {
  const kinds = [
    ["ServicePrincipal", directory.servicePrincipals],
    ["User", directory.users],
    ["Group", directory.groups],
  ] as const;
  for (const [type, collection] of kinds) {
    const times = collection.times(id);
    if (times !== undefined)
      return { type, visible: tenant.replication.visible("references", times.createdAt) };
  }
  return undefined;
}
