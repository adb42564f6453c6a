/** Delegated permission grants (Microsoft page "oAuth2PermissionGrant resource type"). */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { PermissionGrant } from "../../directory/model";
import { badRequest, GraphError, referenceNotFound } from "../errors";
import { readProperties } from "../odata/body";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { collectionSource, itemFrom, itemsOf, listOf, required, show } from "../sources";
import { permissionGrantType as type } from "../types/permission-grant";

const path = "/oauth2PermissionGrants";
const bodySchema = z
  .object({
    clientId: z.string(),
    resourceId: z.string(),
    consentType: z.enum(["AllPrincipals", "Principal"]),
    principalId: z.string().nullish(),
    scope: z.string().nullish(),
  })
  .refine((body) => (body.consentType === "Principal") === (body.principalId != null));

function create(request: GraphRequest): GraphResponse {
  const { directory, tenant } = request;
  const parsed = bodySchema.safeParse(request.body);
  if (!parsed.success)
    throw badRequest(
      "Invalid value specified for property 'consentType' of resource 'OAuth2PermissionGrant'.",
    );
  const { clientId, resourceId, consentType, principalId, scope } = parsed.data;
  for (const id of [clientId, resourceId]) {
    const written = directory.servicePrincipals.times(id)?.createdAt;
    if (written === undefined || !tenant.replication.visible("references", written))
      throw referenceNotFound(id);
  }
  const grant: PermissionGrant = {
    id: randomBytes(32).toString("base64url"),
    clientId,
    resourceId,
    consentType,
    principalId: principalId ?? null,
    scope: scope ?? "",
  };
  const twin = directory.permissionGrants
    .by("clientId", clientId)
    .some((other) => other.resourceId === resourceId && other.principalId === grant.principalId);
  if (twin)
    throw new GraphError(409, "Request_MultipleObjectsWithSameKeyValue", "Permission entry already exists.");
  directory.permissionGrants.put(grant);
  return show(request, { type, entity: grant }, 201);
}

function update(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const grant = required(directory.permissionGrants, idAt(request));
  const { scope } = readProperties(type, request.body, "update");
  if (typeof scope === "string") directory.permissionGrants.put({ ...grant, scope });
  return noContent;
}

export const permissionGrantRoutes: readonly Route[] = [
  {
    method: "GET",
    path,
    handle: listOf((request) =>
      collectionSource(request, request.directory.permissionGrants, type, {
        indexed: ["clientId", "principalId"],
      }),
    ),
  },
  { method: "POST", path, handle: create },
  {
    method: "GET",
    path: `${path}/{id}`,
    handle: itemFrom((request) => request.directory.permissionGrants, type),
  },
  { method: "PATCH", path: `${path}/{id}`, handle: update },
  {
    method: "DELETE",
    path: `${path}/{id}`,
    handle: (request) => {
      request.directory.permissionGrants.delete(
        required(request.directory.permissionGrants, idAt(request)).id,
      );
      return noContent;
    },
  },
  {
    method: "GET",
    path: "/users/{id}/oauth2PermissionGrants",
    handle: listOf((request) => {
      const user = required(request.directory.users, idAt(request));
      const grants = request.directory.permissionGrants.by("principalId", user.id);
      return { type, items: () => itemsOf(type, grants) };
    }),
  },
];
