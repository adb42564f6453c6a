/** Admin consent (Microsoft pages "Grant an appRoleAssignment for a service principal" and its counterparts). */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Entity } from "../../core/types";
import type { AppRoleAssignment, ServicePrincipal } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { badRequest, notFound } from "../errors";
import { findObject } from "../objects";
import { list } from "../odata/list";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { fixedSource, itemsOf, required, show } from "../sources";
import { instant } from "../time";
import { appRoleAssignmentType } from "../types/app-role-assignment";

/** The role id that stands for access without any role. */
const defaultAccess = "00000000-0000-0000-0000-000000000000";
const principalTypes = { user: "User", group: "Group", servicePrincipal: "ServicePrincipal" } as const;

const bodySchema = z.object({
  appRoleId: z.guid().transform((id) => id.toLowerCase()),
  principalId: z.guid().transform((id) => id.toLowerCase()),
  resourceId: z.guid().transform((id) => id.toLowerCase()),
});

/** Which end of an assignment a path starts from. */
interface Side {
  readonly path: string;
  readonly key: "principalId" | "resourceId";
  readonly owner: (directory: Directory, id: string) => Entity;
}

const sides: readonly Side[] = [
  {
    path: "/servicePrincipals/{id}/appRoleAssignedTo",
    key: "resourceId",
    owner: (directory, id) => required(directory.servicePrincipals, id),
  },
  {
    path: "/servicePrincipals/{id}/appRoleAssignments",
    key: "principalId",
    owner: (directory, id) => required(directory.servicePrincipals, id),
  },
  {
    path: "/users/{id}/appRoleAssignments",
    key: "principalId",
    owner: (directory, id) => required(directory.users, id),
  },
  {
    path: "/groups/{id}/appRoleAssignments",
    key: "principalId",
    owner: (directory, id) => required(directory.groups, id),
  },
];

function create(request: GraphRequest, side: Side): GraphResponse {
  const { directory, tenant } = request;
  side.owner(directory, idAt(request));
  const parsed = bodySchema.safeParse(request.body);
  if (!parsed.success) throw badRequest("Not a valid reference update.");
  const body = parsed.data;
  if (body[side.key] !== idAt(request)) {
    throw badRequest(`The ${side.key} in the payload does not match the object of the request.`);
  }
  const resource = directory.servicePrincipals.get(body.resourceId);
  if (resource === undefined) throw notFound(body.resourceId);
  const principalType = principalTypeOf(request, body.principalId);
  checkRole(resource, body.appRoleId, principalType);
  const twin = directory.appRoleAssignments
    .by("principalId", body.principalId)
    .some((other) => other.resourceId === body.resourceId && other.appRoleId === body.appRoleId);
  if (twin) throw badRequest("Permission being assigned already exists on the object");
  const assignment: AppRoleAssignment = {
    id: randomBytes(32).toString("base64url"),
    ...body,
    principalType,
    createdDateTime: instant(tenant.clock.now()),
  };
  directory.appRoleAssignments.put(assignment);
  return show(request, { type: appRoleAssignmentType, entity: assignment }, 201);
}

/** The type of the principal; 400 while a new one has not reached the place that checks references. */
function principalTypeOf(request: GraphRequest, id: string): AppRoleAssignment["principalType"] {
  const { directory, tenant } = request;
  const name = findObject(directory, id)?.type.name;
  if (name !== "user" && name !== "group" && name !== "servicePrincipal") {
    throw badRequest("Not a valid reference update.");
  }
  const written = directory.servicePrincipals.times(id)?.createdAt ?? 0;
  if (!tenant.replication.visible("references", written)) throw badRequest("Not a valid reference update.");
  return principalTypes[name];
}

function checkRole(resource: ServicePrincipal, roleId: string, principalType: string): void {
  const memberType = principalType === "ServicePrincipal" ? "Application" : "User";
  if (roleId === defaultAccess && resource.appRoles.length === 0) return;
  const role = resource.appRoles.find((candidate) => candidate.id === roleId);
  if (role === undefined || !role.isEnabled) {
    throw badRequest(
      `Permission entry with id '${roleId}' was not found on the resource application, or is disabled there.`,
    );
  }
  if (!role.allowedMemberTypes.includes(memberType)) {
    throw badRequest(
      `The permission '${role.value}' cannot be assigned to a principal of type '${principalType}'.`,
    );
  }
}

function find(request: GraphRequest, side: Side): AppRoleAssignment {
  const assignment = request.directory.appRoleAssignments.get(idAt(request, 1));
  if (assignment === undefined || assignment[side.key] !== idAt(request)) throw notFound(idAt(request, 1));
  return assignment;
}

function remove(request: GraphRequest, side: Side): GraphResponse {
  request.directory.appRoleAssignments.delete(find(request, side).id);
  return noContent;
}

export const appRoleAssignmentRoutes: readonly Route[] = sides.flatMap((side): readonly Route[] => [
  {
    method: "GET",
    path: side.path,
    handle: (request) => {
      side.owner(request.directory, idAt(request));
      const found = request.directory.appRoleAssignments.by(side.key, idAt(request));
      return list(
        request,
        fixedSource(appRoleAssignmentType, () => itemsOf(appRoleAssignmentType, found)),
      );
    },
  },
  { method: "POST", path: side.path, handle: (request) => create(request, side) },
  {
    method: "GET",
    path: `${side.path}/{id}`,
    handle: (request) => show(request, { type: appRoleAssignmentType, entity: find(request, side) }),
  },
  { method: "DELETE", path: `${side.path}/{id}`, handle: (request) => remove(request, side) },
]);
