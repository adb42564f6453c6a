import { z } from "zod";
import { type ArmCall, type ArmOperation, type ArmReply, list, ok, readBody } from "../call";
import { ArmError, badRequest, resourceGroupNotFound } from "../errors";
import { echoedFields } from "../fields";
import { isWithin, resourceGroupPath } from "../ids";
import { requireScope } from "../kinds/scope";
import type { RoleAssignment } from "../model";
import { assignmentPath, newAssignment } from "../roles/assignment";
import { builtInRole } from "../roles/built-in";
import { checkPrincipal } from "../roles/principals";

const type = "Microsoft.Authorization/roleAssignments";
const collectionPath = `/{scope}/providers/${type}`;
const path = `${collectionPath}/{name}`;

const putSchema = z.strictObject({
  ...echoedFields,
  properties: z.strictObject({
    scope: z.string().nullish(),
    roleDefinitionId: z.string(),
    principalId: z.guid(),
    principalType: z.enum(["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"]).nullish(),
    description: z.string().nullish(),
    condition: z.string().nullish(),
    conditionVersion: z.string().nullish(),
    canDelegate: z.boolean().nullish(),
    delegatedManagedIdentityResourceId: z.string().nullish(),
  }),
});

type Given = z.output<typeof putSchema>["properties"];

function bodyOf(assignment: RoleAssignment): unknown {
  const { scope, name, id: _, roleId: __, ...told } = assignment;
  return {
    id: assignmentPath(scope, name),
    type,
    name,
    properties: {
      ...told,
      scope,
      condition: null,
      conditionVersion: null,
      delegatedManagedIdentityResourceId: null,
    },
  };
}

/** The scope in the path, with its leading slash and in the casing that is stored. */
function scopeOf(call: ArmCall): string {
  const scope = `/${call.param("scope").replace(/^\/+|\/+$/g, "")}`;
  const [, subscription, group, rest = ""] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+)(\/.*)?)?$/i.exec(scope) ?? [];
  if (subscription === undefined) return scope;
  if (subscription.toLowerCase() !== call.tenant.settings.subscriptionId) {
    throw new ArmError(404, "SubscriptionNotFound", `The subscription '${subscription}' could not be found.`);
  }
  if (group === undefined) return `/subscriptions/${subscription.toLowerCase()}`;
  const stored = call.resources.resourceGroups.get(resourceGroupPath(subscription, group).toLowerCase());
  if (stored === undefined) throw resourceGroupNotFound(group);
  const path = `${resourceGroupPath(stored.subscriptionId, stored.name)}${rest}`;
  requireScope(call.resources, path);
  return path;
}

function find(call: ArmCall): RoleAssignment | undefined {
  return call.resources.roleAssignments.get(assignmentPath(scopeOf(call), call.param("name")).toLowerCase());
}

function put(call: ArmCall): ArmReply {
  const { properties } = readBody(call, putSchema);
  const roleId = checkedRole(properties.roleDefinitionId);
  checkName(call.param("name"));
  refuseUnserved(properties);
  const current = find(call);
  return current === undefined ? create(call, properties, roleId) : update(call, current, properties, roleId);
}

function create(call: ArmCall, given: Given, roleId: string): ArmReply {
  const scope = scopeOf(call);
  const principalId = given.principalId.toLowerCase();
  const principalType = checkPrincipal(call, principalId, given.principalType ?? undefined);
  const { roleAssignments } = call.resources;
  const same = roleAssignments
    .by("principalId", principalId)
    .find((other) => other.roleId === roleId && other.scope.toLowerCase() === scope.toLowerCase());
  if (same !== undefined) {
    throw new ArmError(
      409,
      "RoleAssignmentExists",
      `The role assignment already exists. The ID of the conflicting role assignment is ${same.name.replaceAll("-", "")}.`,
    );
  }
  const made = newAssignment({
    ...{ name: call.param("name"), scope, roleId, principalId, principalType },
    subscriptionId: call.tenant.settings.subscriptionId,
    description: given.description ?? null,
    by: call.caller.objectId,
    at: call.tenant.clock.now(),
  });
  return { status: 201, body: bodyOf(roleAssignments.put(made)) };
}

/** Only what describes an assignment may change. */
function update(call: ArmCall, current: RoleAssignment, given: Given, roleId: string): ArmReply {
  if (current.principalId !== given.principalId.toLowerCase() || current.roleId !== roleId) {
    throw new ArmError(
      403,
      "RoleAssignmentUpdateNotPermitted",
      "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
    );
  }
  const updatedOn = new Date(call.tenant.clock.now()).toISOString();
  const description = given.description ?? null;
  const updated = { ...current, description, updatedOn, updatedBy: call.caller.objectId };
  return ok(bodyOf(call.resources.roleAssignments.put(updated)));
}

function checkedRole(roleDefinitionId: string): string {
  const id = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  if (builtInRole(id) !== undefined) return id;
  throw new ArmError(
    404,
    "RoleDefinitionDoesNotExist",
    `The specified role definition with ID '${id}' does not exist.`,
  );
}

function checkName(name: string): void {
  if (z.guid().safeParse(name).success) return;
  throw new ArmError(
    400,
    "InvalidRoleAssignmentId",
    `The role assignment ID '${name}' is not valid. The role assignment ID must be a GUID.`,
  );
}

/** A condition that is stored but not judged would grant more than it says. */
function refuseUnserved({ condition, delegatedManagedIdentityResourceId }: Given): void {
  if (condition || delegatedManagedIdentityResourceId) {
    throw badRequest(
      "The local tenant does not evaluate conditions or delegated managed identities of role assignments.",
    );
  }
}

function remove(call: ArmCall): ArmReply {
  const found = find(call);
  if (found === undefined) return { status: 204 };
  call.resources.roleAssignments.delete(found.id);
  return ok(bodyOf(found));
}

function required(call: ArmCall): RoleAssignment {
  const found = find(call);
  if (found !== undefined) return found;
  throw new ArmError(
    404,
    "RoleAssignmentNotFound",
    `The role assignment '${call.param("name")}' is not found.`,
  );
}

/** Assignments on the scope and above, and below it unless `atScope()`; `principalId eq` and `assignedTo()` narrow them. */
function listed(call: ArmCall): unknown[] {
  const scope = scopeOf(call);
  const filter = call.url.searchParams.get("$filter") ?? "";
  const principal = /(?:principalId eq|assignedTo\()\s*'([^']+)'/i.exec(filter)?.[1]?.toLowerCase();
  return [...call.resources.roleAssignments.values()]
    .filter(
      (one) => isWithin(scope, one.scope) || (!/atScope\(\)/i.test(filter) && isWithin(one.scope, scope)),
    )
    .filter((one) => principal === undefined || one.principalId === principal)
    .map(bodyOf);
}

/** Role assignments on any scope. */
export const roleAssignmentOperations: readonly ArmOperation[] = [
  { method: "GET", path: collectionPath, type, action: `${type}/read`, handle: (call) => list(listed(call)) },
  { method: "GET", path, type, action: `${type}/read`, handle: (call) => ok(bodyOf(required(call))) },
  { method: "PUT", path, type, action: `${type}/write`, handle: put },
  { method: "DELETE", path, type, action: `${type}/delete`, handle: remove },
];
