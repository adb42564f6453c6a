import { z } from "zod";
import {
  type PlainProperties,
  type Reading,
  randomGuid,
  resourceType,
} from "../../../../components/plugin/serve";
import type { ApiError } from "../http/errors";
import { type ArmResource, createResource, deleteResource, findResource, replaceResource } from "./arm";
import { ArmIdError } from "./arm-ids";
import type { Azure } from "./azure";
import { commonOutputs } from "./outputs";

const roleAssignmentInputs = z.strictObject({
  scope: z.string().min(1, "must not be empty"),
  roleAssignmentName: z.guid("must be a GUID"),
  roleDefinitionId: z
    .string()
    .regex(
      /\/providers\/Microsoft\.Authorization\/roleDefinitions\/[^/]+$/i,
      "must be the ARM id of a role definition",
    ),
  principalId: z.guid("must be a GUID"),
  principalType: z.enum(["User", "Group", "ServicePrincipal", "ForeignGroup", "Device"]).optional(),
  description: z.string().optional(),
  condition: z.string().optional(),
  conditionVersion: z.string().optional(),
  delegatedManagedIdentityResourceId: z.string().optional(),
});

type RoleAssignmentInputs = z.infer<typeof roleAssignmentInputs>;

/** `azure-native.authorization.RoleAssignment`: a role on an Azure scope. */
export const roleAssignment = resourceType({
  token: "azure-native:authorization:RoleAssignment",
  description: "A role on an Azure scope, given to a principal.",
  inputs: roleAssignmentInputs,
  autoname: randomGuid("roleAssignmentName"),
  computed: [
    "azureApiVersion",
    "createdBy",
    "createdOn",
    "name",
    "systemData",
    "type",
    "updatedBy",
    "updatedOn",
  ],
  recomputed: ["updatedOn"],
  hidden: ["roleAssignmentName"],
  replaceOn: [
    "delegatedManagedIdentityResourceId",
    "principalId",
    "principalType",
    "roleAssignmentName",
    "roleDefinitionId",
    "scope",
  ],
  deleteBeforeReplace: true,
  caseInsensitive: ["principalId", "roleAssignmentName", "roleDefinitionId", "scope"],
  defaults: { principalType: "User" },
  create: async (azure: Azure, inputs, operation) => {
    const scope = inputs.scope.replace(/^\/+|\/+$/g, "");
    const path = `/${scope}/providers/Microsoft.Authorization/roleAssignments/${inputs.roleAssignmentName}`;
    const options = { retryWhen: (error: ApiError) => error.code === "PrincipalNotFound" };
    const body = bodyOf(inputs);
    return readingOf(
      await createResource(azure.arm, "roleAssignment", path, body, operation, outputsOf, options),
      inputs,
    );
  },
  read: async (azure, operation) => {
    const found = await findResource(azure.arm, "roleAssignment", operation.id, operation);
    return found === undefined ? undefined : readingOf(found, operation.inputs);
  },
  update: async (azure, inputs, operation) =>
    readingOf(
      await replaceResource(azure.arm, "roleAssignment", operation.id, bodyOf(inputs), operation),
      operation.inputs,
    ),
  delete: (azure, operation) => deleteResource(azure.arm, "roleAssignment", operation.id, operation),
});

function bodyOf(inputs: RoleAssignmentInputs): Record<string, unknown> {
  const { scope: _scope, roleAssignmentName: _name, ...properties } = inputs;
  return { properties };
}

const assignmentProperties = z.looseObject({
  scope: z.string(),
  roleDefinitionId: z.string(),
  principalId: z.string(),
  principalType: z.string().nullish(),
  description: z.string().nullish(),
  condition: z.string().nullish(),
  conditionVersion: z.string().nullish(),
  delegatedManagedIdentityResourceId: z.string().nullish(),
  createdBy: z.string().nullish(),
  createdOn: z.string().nullish(),
  updatedBy: z.string().nullish(),
  updatedOn: z.string().nullish(),
});

function outputsOf(resource: ArmResource): PlainProperties {
  const found = assignmentProperties.parse(resource.properties);
  return {
    ...commonOutputs(resource, "roleAssignment"),
    ...declarable(resource),
    createdBy: found.createdBy ?? "",
    createdOn: found.createdOn ?? "",
    updatedBy: found.updatedBy ?? "",
    updatedOn: found.updatedOn ?? "",
  };
}

function declarable(resource: ArmResource): PlainProperties {
  const found = assignmentProperties.parse(resource.properties);
  const optional = {
    principalType: found.principalType,
    description: found.description,
    condition: found.condition,
    conditionVersion: found.conditionVersion,
    delegatedManagedIdentityResourceId: found.delegatedManagedIdentityResourceId,
  };
  const { scope, roleDefinitionId, principalId } = found;
  const told = Object.entries(optional).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { scope, roleDefinitionId, principalId, ...Object.fromEntries(told) };
}

/** ARM may write scope and role in another, equal form; what was declared is kept then. */
function readingOf(resource: ArmResource, declared: PlainProperties): Reading {
  const match = /\/providers\/Microsoft\.Authorization\/roleAssignments\/([^/]+)$/i.exec(resource.id);
  if (match?.[1] === undefined) {
    throw new ArmIdError(resource.id, "/{scope}/providers/Microsoft.Authorization/roleAssignments/{name}");
  }
  const found = declarable(resource);
  const inputs = {
    ...found,
    roleAssignmentName: match[1],
    scope: sameEnd(declared.scope, found.scope, trimmed) ? declared.scope : found.scope,
    roleDefinitionId: sameEnd(declared.roleDefinitionId, found.roleDefinitionId, lastSegment)
      ? declared.roleDefinitionId
      : found.roleDefinitionId,
  };
  return { id: resource.id, inputs, outputs: { ...outputsOf(resource), scope: inputs.scope } };
}

function sameEnd(left: unknown, right: unknown, part: (text: string) => string): boolean {
  return typeof left === "string" && typeof right === "string" && part(left) === part(right);
}

function trimmed(path: string): string {
  return path.replace(/^\/+|\/+$/g, "").toLowerCase();
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).toLowerCase();
}
