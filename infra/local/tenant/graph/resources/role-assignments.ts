/** `roleManagement/directory` (Microsoft pages "Create unifiedRoleAssignment", "List unifiedRoleAssignments"). */
import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import { builtInRoles } from "../../directory/data/built-in-roles.generated";
import type { DirectoryRoleAssignment } from "../../directory/model";
import type { EntityType, Item } from "../entity-type";
import { badQuery, badRequest, GraphError, notFound, referenceNotFound } from "../errors";
import { findObject } from "../objects";
import { list } from "../odata/list";
import { transitiveContainersOf } from "../relations";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, fixedSource, itemFrom, listOf, required, show } from "../sources";
import { builtInRole } from "../types/directory-role";
import {
  assignmentScheduleType,
  definitionOf,
  eligibilityType,
  roleAssignmentType,
  roleDefinitionType,
} from "../types/role-management";
import { requirePremium } from "./licenses";

const root = "/roleManagement/directory";
const bodySchema = z.object({
  principalId: z.guid().transform((id) => id.toLowerCase()),
  roleDefinitionId: z.guid().transform((id) => id.toLowerCase()),
  directoryScopeId: z.string().nullish(),
  appScopeId: z.string().nullish(),
});

/** Stores an active assignment; throws 400 when principal, role or scope is not one that can be assigned. */
export function assignRole(
  request: GraphRequest,
  wanted: Omit<DirectoryRoleAssignment, "id">,
): DirectoryRoleAssignment {
  const { directory } = request;
  const principal = findObject(directory, wanted.principalId);
  if (principal === undefined) throw referenceNotFound(wanted.principalId);
  if (builtInRole(wanted.roleDefinitionId) === undefined) throw referenceNotFound(wanted.roleDefinitionId);
  if (
    principal.type.name === "group" &&
    directory.groups.get(wanted.principalId)?.isAssignableToRole !== true
  ) {
    throw badRequest(
      "The role cannot be assigned to this group: it was not created with isAssignableToRole set to true.",
    );
  }
  checkScope(request, wanted.directoryScopeId);
  if (directory.directoryRoles.by("roleTemplateId", wanted.roleDefinitionId).length === 0) {
    directory.directoryRoles.put({ id: randomUUID(), roleTemplateId: wanted.roleDefinitionId });
  }
  return directory.directoryRoleAssignments.put({
    id: `${randomBytes(32).toString("base64url")}-1`,
    ...wanted,
  });
}

function checkScope({ directory }: GraphRequest, scope: string): void {
  if (scope === "/") return;
  const id = scope.split("/").at(-1) ?? "";
  if (findObject(directory, id) === undefined) throw referenceNotFound(id);
}

function create(request: GraphRequest): GraphResponse {
  const parsed = bodySchema.safeParse(request.body);
  if (!parsed.success)
    throw badRequest(
      "The request body is invalid: principalId, roleDefinitionId and directoryScopeId are needed.",
    );
  const { principalId, roleDefinitionId, directoryScopeId, appScopeId } = parsed.data;
  const scope = directoryScopeId ?? appScopeId;
  if (scope == null)
    throw badRequest("The request body is invalid: directoryScopeId or appScopeId is needed.");
  const twin = request.directory.directoryRoleAssignments
    .by("principalId", principalId)
    .some((held) => held.roleDefinitionId === roleDefinitionId && held.directoryScopeId === scope);
  if (twin) {
    throw new GraphError(
      400,
      "Request_BadRequest",
      "A conflicting object with one or more of the specified property values is present in the directory.",
    );
  }
  const entity = assignRole(request, {
    principalId,
    roleDefinitionId,
    directoryScopeId: scope,
    ...(directoryScopeId == null && { appScopeId: scope }),
  });
  return show(request, { type: roleAssignmentType, entity }, 201);
}

function* definitions(): Generator<Item> {
  for (const role of builtInRoles) yield { type: roleDefinitionType, entity: definitionOf(role) };
}

/** Assignments that a principal has itself or through groups; Graph asks for a filter on the principal. */
function transitive(request: GraphRequest): GraphResponse {
  const principal = JSON.stringify(request.query.filter ?? null).match(
    /"path":\["principalId"\].*?"value":"([^"]+)"/,
  )?.[1];
  if (principal === undefined || !request.query.eventual) {
    throw badQuery("The request needs $count=true, ConsistencyLevel: eventual and a $filter on principalId.");
  }
  const holders = [
    principal,
    ...[...transitiveContainersOf(request.directory, principal)].map((item) => item.entity.id),
  ];
  const items = holders
    .flatMap((id) => request.directory.directoryRoleAssignments.by("principalId", id))
    .map((entity): Item => ({ type: roleAssignmentType, entity }));
  return list(
    { ...request, query: { ...request.query, filter: undefined } },
    fixedSource(roleAssignmentType, () => items),
  );
}

const scheduled = (path: string, type: EntityType, kind: "assignments" | "eligibilities"): Route => ({
  method: "GET",
  path: `${root}/${path}`,
  handle: (request) => {
    // Privileged Identity Management is part of Microsoft Entra ID P2.
    requirePremium(request, "P2");
    const { directoryRoleAssignments, roleEligibilities } = request.directory;
    return list(
      request,
      kind === "assignments"
        ? collectionSource(request, directoryRoleAssignments, type, {
            indexed: ["principalId", "roleDefinitionId"],
          })
        : collectionSource(request, roleEligibilities, type, { indexed: ["principalId"] }),
    );
  },
});

export const roleAssignmentRoutes: readonly Route[] = [
  {
    method: "GET",
    path: `${root}/roleDefinitions`,
    handle: listOf(() => fixedSource(roleDefinitionType, definitions)),
  },
  {
    method: "GET",
    path: `${root}/roleDefinitions/{id}`,
    handle: (request) => {
      const role = builtInRole(idAt(request));
      if (role === undefined) throw notFound(idAt(request));
      return show(request, { type: roleDefinitionType, entity: definitionOf(role) });
    },
  },
  {
    method: "GET",
    path: `${root}/roleAssignments`,
    handle: listOf((request) =>
      collectionSource(request, request.directory.directoryRoleAssignments, roleAssignmentType, {
        indexed: ["principalId", "roleDefinitionId"],
      }),
    ),
  },
  { method: "POST", path: `${root}/roleAssignments`, handle: create },
  {
    method: "GET",
    path: `${root}/roleAssignments/{id}`,
    handle: itemFrom((request) => request.directory.directoryRoleAssignments, roleAssignmentType),
  },
  {
    method: "DELETE",
    path: `${root}/roleAssignments/{id}`,
    handle: (request) => {
      const { directoryRoleAssignments } = request.directory;
      directoryRoleAssignments.delete(required(directoryRoleAssignments, idAt(request)).id);
      return noContent;
    },
  },
  { method: "GET", path: `${root}/transitiveRoleAssignments`, handle: transitive },
  scheduled("roleAssignmentSchedules", assignmentScheduleType, "assignments"),
  scheduled("roleAssignmentScheduleInstances", assignmentScheduleType, "assignments"),
  scheduled("roleEligibilitySchedules", eligibilityType, "eligibilities"),
  scheduled("roleEligibilityScheduleInstances", eligibilityType, "eligibilities"),
];
