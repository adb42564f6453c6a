/** Activated directory roles and their templates (Microsoft page "directoryRole resource type"). */
import { randomUUID } from "node:crypto";
import { builtInRoles } from "../../directory/data/built-in-roles.generated";
import type { DirectoryRole } from "../../directory/model";
import { badRequest, notFound } from "../errors";
import { readObject, referencedId } from "../odata/body";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, listOf, required, show } from "../sources";
import { directoryObjectType } from "../types/directory-object";
import { builtInRole, directoryRoleType, roleMembers } from "../types/directory-role";
import { definitionOf, roleTemplateType } from "../types/role-management";
import { duplicateReference } from "./owners";
import { assignRole } from "./role-assignments";

function activate(request: GraphRequest): GraphResponse {
  const { roleTemplateId } = readObject(request.body);
  if (typeof roleTemplateId !== "string" || builtInRole(roleTemplateId) === undefined) {
    throw badRequest("Invalid value specified for property 'roleTemplateId' of resource 'DirectoryRole'.");
  }
  if (request.directory.directoryRoles.by("roleTemplateId", roleTemplateId).length > 0) {
    throw badRequest(
      "A conflicting object with one or more of the specified property values is present in the directory.",
    );
  }
  const entity = request.directory.directoryRoles.put({ id: randomUUID(), roleTemplateId });
  return show(request, { type: directoryRoleType, entity }, 201);
}

const roleOf = (request: GraphRequest): DirectoryRole =>
  required(request.directory.directoryRoles, idAt(request));

function addMember(request: GraphRequest): GraphResponse {
  const { roleTemplateId } = roleOf(request);
  const principalId = referencedId(readObject(request.body)["@odata.id"]);
  if (heldBy(request, roleTemplateId, principalId) !== undefined) throw duplicateReference("members");
  assignRole(request, { principalId, roleDefinitionId: roleTemplateId, directoryScopeId: "/" });
  return noContent;
}

function removeMember(request: GraphRequest): GraphResponse {
  const principalId = idAt(request, 1);
  const assignment = heldBy(request, roleOf(request).roleTemplateId, principalId);
  if (assignment === undefined) throw notFound(principalId);
  request.directory.directoryRoleAssignments.delete(assignment.id);
  return noContent;
}

const heldBy = (request: GraphRequest, roleDefinitionId: string, principalId: string) =>
  request.directory.directoryRoleAssignments
    .by("principalId", principalId)
    .find((held) => held.roleDefinitionId === roleDefinitionId && held.directoryScopeId === "/");

function* templates() {
  for (const role of builtInRoles) yield { type: roleTemplateType, entity: definitionOf(role) };
}

export const directoryRoleRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/directoryRoleTemplates",
    handle: listOf(() => fixedSource(roleTemplateType, templates)),
  },
  {
    method: "GET",
    path: "/directoryRoleTemplates/{id}",
    handle: (request) => {
      const role = builtInRole(idAt(request));
      if (role === undefined) throw notFound(idAt(request));
      return show(request, { type: roleTemplateType, entity: definitionOf(role) });
    },
  },
  {
    method: "GET",
    path: "/directoryRoles",
    handle: listOf((request) =>
      collectionSource(request, request.directory.directoryRoles, directoryRoleType, {
        indexed: ["roleTemplateId"],
      }),
    ),
  },
  { method: "POST", path: "/directoryRoles", handle: activate },
  {
    method: "GET",
    path: "/directoryRoles/{id}",
    handle: itemFrom((request) => request.directory.directoryRoles, directoryRoleType),
  },
  {
    method: "GET",
    path: "/directoryRoles/{id}/members",
    handle: listOf((request) => {
      const { roleTemplateId } = roleOf(request);
      return fixedSource(directoryObjectType, () => roleMembers(request.directory, roleTemplateId), true);
    }),
  },
  { method: "POST", path: "/directoryRoles/{id}/members/$ref", handle: addMember },
  { method: "DELETE", path: "/directoryRoles/{id}/members/{id}/$ref", handle: removeMember },
];
