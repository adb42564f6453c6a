import { type ArmCall, type ArmOperation, list, ok } from "../call";
import { ArmError } from "../errors";
import { definitionPath } from "../roles/assignment";
import { builtInRole, builtInRoles } from "../roles/built-in";
import type { RoleDefinition } from "../roles/role";

const type = "Microsoft.Authorization/roleDefinitions";
const action = `${type}/read`;

function bodyOf(call: ArmCall, role: RoleDefinition): unknown {
  const { actions, notActions, dataActions, notDataActions } = role;
  return {
    id: definitionPath(call.tenant.settings.subscriptionId, role.id),
    type,
    name: role.id,
    properties: {
      roleName: role.roleName,
      type: "BuiltInRole",
      description: role.description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions, notDataActions }],
    },
  };
}

function listed(call: ArmCall): unknown[] {
  const name = /roleName eq '((?:[^']|'')*)'/i
    .exec(call.url.searchParams.get("$filter") ?? "")?.[1]
    ?.replaceAll("''", "'");
  return builtInRoles()
    .filter(({ roleName }) => name === undefined || roleName.toLowerCase() === name.toLowerCase())
    .map((role) => bodyOf(call, role));
}

function one(call: ArmCall): unknown {
  const id = call.param("roleId");
  const role = builtInRole(id);
  if (role !== undefined) return bodyOf(call, role);
  throw new ArmError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${id}' does not exist.`,
  );
}

/** Role definitions; only the built-in ones exist. */
export const roleDefinitionOperations: readonly ArmOperation[] = [
  { method: "GET", path: `/{scope}/providers/${type}`, type, action, handle: (call) => list(listed(call)) },
  {
    method: "GET",
    path: `/{scope}/providers/${type}/{roleId}`,
    type,
    action,
    handle: (call) => ok(one(call)),
  },
];
