/** Objects of any type by id, and deleted ones (Microsoft pages "directoryObject resource type", "Directory (deleted items)"). */
import { z } from "zod";
import type { DeletableKind, DeletedItem } from "../../directory/model";
import type { EntityType, Item } from "../entity-type";
import { badRequest, GraphError, notFound } from "../errors";
import { findObject, findObjects } from "../objects";
import { render } from "../odata/select";
import { type GraphRequest, type GraphResponse, graphBase, idAt, noContent, type Route } from "../request";
import { fixedSource, listOf, required, show } from "../sources";
import { administrativeUnitType } from "../types/administrative-unit";
import { applicationType } from "../types/application";
import { groupType } from "../types/group";
import { servicePrincipalType } from "../types/service-principal";
import { userType } from "../types/user";
import { restoreObject } from "./deletion";

/** Where each type is read: who may read it there may read it here. */
const itemPaths: Readonly<Record<string, string>> = {
  user: "/users/{id}",
  group: "/groups/{id}",
  application: "/applications/{id}",
  servicePrincipal: "/servicePrincipals/{id}",
  device: "/devices/{id}",
  administrativeUnit: "/directory/administrativeUnits/{id}",
  directoryRole: "/directoryRoles/{id}",
};

const deletableTypes: Readonly<Record<DeletableKind, EntityType>> = {
  user: userType,
  group: groupType,
  application: applicationType,
  servicePrincipal: servicePrincipalType,
  administrativeUnit: administrativeUnitType,
};

const idsSchema = z.object({
  ids: z.array(z.string()).min(1).max(1000),
  types: z.array(z.string()).optional(),
});

function getByIds(request: GraphRequest): GraphResponse {
  const parsed = idsSchema.safeParse(request.body);
  if (!parsed.success) throw badRequest("The property 'ids' must hold 1 to 1000 object ids.");
  const { ids, types } = parsed.data;
  const wanted = types?.map((type) => type.toLowerCase());
  const found: Item[] = [];
  for (const item of findObjects(
    request.directory,
    ids.map((id) => id.toLowerCase()),
  )) {
    const path = itemPaths[item.type.name];
    if (wanted !== undefined && !wanted.includes(item.type.name.toLowerCase())) continue;
    if (path !== undefined && request.mayCall("GET", path)) found.push(item);
  }
  const value = found.map((item) => render(item, request.query, request, true));
  return {
    status: 200,
    body: { "@odata.context": `${graphBase(request)}/$metadata#directoryObjects`, value },
  };
}

const deletedItem = (item: DeletedItem): Item => ({
  type: deletableTypes[item.kind],
  entity: Object.assign({}, item.object, { deletedDateTime: item.deletedDateTime }),
});

function restore(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const item = required(directory.deletedItems, idAt(request));
  checkNameFree(request, item);
  restoreObject(directory, item);
  const restored = findObject(directory, item.id);
  if (restored === undefined) throw notFound(item.id);
  return show(request, restored, 200, true);
}

/** A principal can't come back while another has its appId, nor a user whose name was given away. */
function checkNameFree({ directory }: GraphRequest, { kind, object }: DeletedItem): void {
  const taken =
    (kind === "servicePrincipal" &&
      "appId" in object &&
      directory.servicePrincipals.by("appId", String(object.appId))) ||
    (kind === "user" &&
      "userPrincipalName" in object &&
      directory.users.by("userPrincipalName", String(object.userPrincipalName))) ||
    [];
  if (taken.length > 0) {
    throw new GraphError(
      400,
      "Request_BadRequest",
      "The object cannot be restored: another object with the same name exists.",
    );
  }
}

function purge(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const item = required(directory.deletedItems, idAt(request));
  for (const credential of directory.federatedIdentityCredentials.by("applicationId", item.id)) {
    directory.federatedIdentityCredentials.delete(credential.id);
  }
  directory.deletedItems.delete(item.id);
  return noContent;
}

const deleted = "/directory/deletedItems";

export const directoryObjectRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/directoryObjects/{id}",
    handle: (request) => {
      const item = findObject(request.directory, idAt(request));
      if (item === undefined) throw notFound(idAt(request));
      return show(request, item, 200, true);
    },
  },
  { method: "POST", path: "/directoryObjects/getByIds", handle: getByIds },
  ...Object.entries(deletableTypes).map(
    ([kind, type]): Route => ({
      method: "GET",
      path: `${deleted}/microsoft.graph.${kind}`,
      handle: listOf((request) =>
        fixedSource(type, () => [...request.directory.deletedItems.by("kind", kind)].map(deletedItem)),
      ),
    }),
  ),
  {
    method: "GET",
    path: `${deleted}/{id}`,
    handle: (request) =>
      show(request, deletedItem(required(request.directory.deletedItems, idAt(request))), 200, true),
  },
  { method: "POST", path: `${deleted}/{id}/restore`, handle: restore },
  { method: "DELETE", path: `${deleted}/{id}`, handle: purge },
];
