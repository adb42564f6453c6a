import { randomUUID } from "node:crypto";
import { z } from "zod";
import {
  type ArmCall,
  type ArmContext,
  type ArmOperation,
  type ArmReply,
  list,
  ok,
  readable,
  readBody,
} from "../call";
import { invalidContent, resourceNotFound } from "../errors";
import { echoedFields, locationOf, tagsField } from "../fields";
import { resourcePath } from "../ids";
import type { Identity } from "../model";
import { removeExtensionsWithin } from "../roles/assignment";
import { requireGroup, requireWritableGroup } from "../scope";

const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
const inSubscription = `/subscriptions/{subscriptionId}/providers/${type}`;
const inGroup = `/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/${type}`;
const path = `${inGroup}/{name}`;

const properties = z
  .strictObject({ isolationScope: z.enum(["None", "Regional"]).optional() })
  .loose()
  .optional();
const putSchema = z.strictObject({
  ...echoedFields,
  location: z.string().nullish(),
  tags: tagsField,
  properties,
});

function pathOf({ subscriptionId, resourceGroup, name }: Identity): string {
  return resourcePath(subscriptionId, resourceGroup, type, name);
}

/** The identity as it is returned. */
function bodyOf(
  identity: Identity,
  tenantId: string,
): { readonly id: string; readonly type: string; readonly [key: string]: unknown } {
  const { name, location, tags, principalId, clientId } = identity;
  return {
    id: pathOf(identity),
    name,
    type,
    location,
    tags,
    properties: { tenantId, principalId, clientId },
  };
}

/** The bodies of the identities that the caller may read. */
export function readableIdentities(call: ArmCall): ReturnType<typeof bodyOf>[] {
  return readable(call, `${type}/read`, call.resources.identities.values(), pathOf).map((identity) =>
    bodyOf(identity, call.tenant.settings.tenantId),
  );
}

function find(call: ArmCall): Identity | undefined {
  const group = requireGroup(call);
  return call.resources.identities.get(
    resourcePath(group.subscriptionId, group.name, type, call.param("name")).toLowerCase(),
  );
}

function required(call: ArmCall): Identity {
  const found = find(call);
  if (found !== undefined) return found;
  throw resourceNotFound(`${type}/${call.param("name")}`, call.param("resourceGroupName"));
}

function put(call: ArmCall): ArmReply {
  const given = readBody(call, putSchema);
  const group = requireWritableGroup(call);
  const name = call.param("name");
  if (!/^[a-zA-Z0-9][-\w]{2,127}$/.test(name))
    throw invalidContent(`The identity name '${name}' is not valid`);
  const current = find(call);
  const location = locationOf(name, given.location, current);
  if (current !== undefined) {
    return reply(call, 200, call.resources.identities.put({ ...current, tags: given.tags ?? {} }));
  }
  const { subscriptionId } = group;
  const identity = call.resources.identities.put({
    id: resourcePath(subscriptionId, group.name, type, name).toLowerCase(),
    name,
    subscriptionId,
    resourceGroup: group.name,
    location,
    tags: given.tags ?? {},
    principalId: randomUUID(),
    clientId: randomUUID(),
  });
  addPrincipal(call, identity);
  return reply(call, 201, identity);
}

function patch(call: ArmCall): ArmReply {
  const { tags } = readBody(call, putSchema);
  const current = required(call);
  return reply(call, 200, call.resources.identities.put({ ...current, tags: tags ?? current.tags }));
}

function reply(call: ArmCall, status: 200 | 201, identity: Identity): ArmReply {
  return { status, body: bodyOf(identity, call.tenant.settings.tenantId) };
}

/** Every managed identity has a service principal in the directory. */
function addPrincipal({ directory, tenant }: ArmContext, identity: Identity): void {
  directory.servicePrincipals.put({
    id: identity.principalId,
    appId: identity.clientId,
    displayName: identity.name,
    servicePrincipalType: "ManagedIdentity",
    accountEnabled: true,
    owners: [],
    appRoles: [],
    properties: {
      alternativeNames: ["isExplicit=True", pathOf(identity)],
      servicePrincipalNames: [identity.clientId, `https://identity.azure.net/${identity.clientId}`],
      createdDateTime: new Date(tenant.clock.now()).toISOString(),
      tags: [],
    },
  });
}

/** Removes an identity, its principal, and what the principal was given in the directory. */
export function deleteIdentity(context: ArmContext, identity: Identity): void {
  const { directory, resources } = context;
  const { principalId } = identity;
  resources.identities.delete(identity.id);
  removeExtensionsWithin(resources, pathOf(identity));
  for (const { id } of [...directory.appRoleAssignments.by("principalId", principalId)])
    directory.appRoleAssignments.delete(id);
  for (const { id } of [...directory.directoryRoleAssignments.by("principalId", principalId)]) {
    directory.directoryRoleAssignments.delete(id);
  }
  for (const { id } of [...directory.memberships.by("memberId", principalId)])
    directory.memberships.delete(id);
  directory.servicePrincipals.delete(principalId);
}

function remove(call: ArmCall): ArmReply {
  const found = find(call);
  if (found === undefined) return { status: 204 };
  deleteIdentity(call, found);
  return { status: 200 };
}

/** User-assigned managed identities. */
export const identityOperations: readonly ArmOperation[] = [
  { method: "GET", path: inSubscription, type, handle: (call) => list(readableIdentities(call)) },
  {
    method: "GET",
    path: inGroup,
    type,
    handle: (call) => {
      const group = `/resourcegroups/${requireGroup(call).name.toLowerCase()}/`;
      return list(readableIdentities(call).filter(({ id }) => id.toLowerCase().includes(group)));
    },
  },
  {
    method: "GET",
    path,
    type,
    action: `${type}/read`,
    handle: (call) => ok(bodyOf(required(call), call.tenant.settings.tenantId)),
  },
  { method: "PUT", path, type, action: `${type}/write`, handle: put },
  { method: "PATCH", path, type, action: `${type}/write`, handle: patch },
  { method: "DELETE", path, type, action: `${type}/delete`, handle: remove },
];
