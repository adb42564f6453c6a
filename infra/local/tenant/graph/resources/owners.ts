/** Owners of applications, service principals and groups. */
import type { Collection, Entity } from "../../core/types";
import type { Directory } from "../../directory/open";
import { badRequest, notFound, referenceNotFound } from "../errors";
import { findObject, findObjects } from "../objects";
import { readObject, referencedId } from "../odata/body";
import { list } from "../odata/list";
import { type GraphRequest, type GraphResponse, idAt, noContent, type Route } from "../request";
import { fixedSource, required } from "../sources";
import { directoryObjectType } from "../types/directory-object";

interface Owned extends Entity {
  readonly owners: readonly string[];
}

const maximumOwners = 100;

/** Throws 400 unless every id is a user or service principal that exists. */
export function checkOwners(directory: Directory, ids: readonly string[]): void {
  if (new Set(ids).size < ids.length) throw badRequest("Request contains a property with duplicate values.");
  if (ids.length > maximumOwners) throw badRequest("The number of owners exceeds the maximum of the object.");
  for (const id of ids) {
    const type = findObject(directory, id)?.type.name;
    if (type === undefined) throw referenceNotFound(id);
    if (type !== "user" && type !== "servicePrincipal") {
      throw badRequest(`An object of type '${type}' cannot be an owner.`);
    }
  }
}

/** 400 in the words that clients match when a reference is there already. */
export const duplicateReference = (property: string): Error =>
  badRequest(
    `One or more added object references already exist for the following modified properties: '${property}'.`,
  );

/** The routes below `/{path}/{id}/owners` for a collection whose entities have owners. */
export function ownerRoutes<T extends Owned>(
  path: string,
  collectionOf: (directory: Directory) => Collection<T>,
): readonly Route[] {
  const owned = (request: GraphRequest): T => required(collectionOf(request.directory), idAt(request));
  const save = (request: GraphRequest, entity: T, owners: readonly string[]): GraphResponse => {
    collectionOf(request.directory).put({ ...entity, owners });
    return noContent;
  };
  return [
    {
      method: "GET",
      path: `${path}/{id}/owners`,
      handle: (request) => {
        const { owners } = owned(request);
        const items = () => findObjects(request.directory, owners);
        return list(request, fixedSource(directoryObjectType, items, true));
      },
    },
    {
      method: "POST",
      path: `${path}/{id}/owners/$ref`,
      handle: (request) => {
        const entity = owned(request);
        const id = referencedId(readObject(request.body)["@odata.id"]);
        if (entity.owners.includes(id)) throw duplicateReference("owners");
        const owners = [...entity.owners, id];
        checkOwners(request.directory, owners);
        return save(request, entity, owners);
      },
    },
    {
      method: "DELETE",
      path: `${path}/{id}/owners/{id}/$ref`,
      handle: (request) => {
        const entity = owned(request);
        const id = idAt(request, 1);
        if (!entity.owners.includes(id)) throw notFound(id);
        return save(
          request,
          entity,
          entity.owners.filter((owner) => owner !== id),
        );
      },
    },
  ];
}
