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
import { ArmError } from "../errors";
import { echoedFields, locationOf, tagsField } from "../fields";
import { isWithin, resourceGroupPath } from "../ids";
import { removeResource } from "../kinds/remove";
import type { ResourceGroup } from "../model";
import { startOperation } from "../operation-start";
import { removeExtensionsWithin } from "../roles/assignment";
import { requireGroup, requireWritableGroup } from "../scope";
import { deleteIdentity } from "./identities";
import { deleteVault } from "./vault-lifecycle";

const type = "Microsoft.Resources/resourceManager";
const collectionPath = "/subscriptions/{subscriptionId}/resourceGroups";
const path = `${collectionPath}/{resourceGroupName}`;
const action = "Microsoft.Resources/subscriptions/resourceGroups";

const properties = z.strictObject({ provisioningState: z.string().optional() }).optional();
const putSchema = z.strictObject({
  ...echoedFields,
  location: z.string().nullish(),
  managedBy: z.string().nullish(),
  tags: tagsField,
  properties,
});
const patchSchema = z.strictObject({
  ...echoedFields,
  managedBy: z.string().nullish(),
  tags: tagsField,
  properties,
});

function pathOf({ subscriptionId, name }: ResourceGroup): string {
  return resourceGroupPath(subscriptionId, name);
}

function bodyOf(group: ResourceGroup): unknown {
  return {
    id: pathOf(group),
    name: group.name,
    type: "Microsoft.Resources/resourceGroups",
    location: group.location,
    ...(group.managedBy === undefined ? {} : { managedBy: group.managedBy }),
    tags: group.tags,
    properties: { provisioningState: group.deletingSince === undefined ? "Succeeded" : "Deleting" },
  };
}

function put(call: ArmCall): ArmReply {
  const given = readBody(call, putSchema);
  const { subscriptionId } = call.tenant.settings;
  const name = call.param("resourceGroupName");
  checkName(name);
  const id = resourceGroupPath(subscriptionId, name).toLowerCase();
  const current = call.resources.resourceGroups.get(id) && requireWritableGroup(call);
  const group = call.resources.resourceGroups.put({
    id,
    name: current?.name ?? name,
    subscriptionId,
    location: locationOf(name, given.location, current),
    tags: given.tags ?? {},
    managedBy: given.managedBy ?? undefined,
    deletingSince: undefined,
  });
  return { status: current === undefined ? 201 : 200, body: bodyOf(group) };
}

function checkName(name: string): void {
  if (/^[\p{L}\p{N}\-_().]{1,90}$/u.test(name) && !name.endsWith(".")) return;
  throw new ArmError(
    400,
    "InvalidResourceGroup",
    `The provided resource group name '${name}' has these invalid characters or is too long. The name can only be a letter, ` +
      "digit, '-', '.', '(', ')' or '_', at most 90 of them, and cannot end with a period.",
  );
}

function patch(call: ArmCall): ArmReply {
  const { tags } = readBody(call, patchSchema);
  const group = requireWritableGroup(call);
  return ok(bodyOf(call.resources.resourceGroups.put({ ...group, tags: tags ?? group.tags })));
}

function remove(call: ArmCall): ArmReply {
  const group = requireGroup(call);
  const deletingSince = group.deletingSince ?? call.tenant.clock.now();
  call.resources.resourceGroups.put({ ...group, deletingSince });
  return startOperation(call);
}

/** Removes the groups whose deletion has lasted long enough, with everything in them. */
export async function finishGroupDeletions(context: ArmContext): Promise<void> {
  const { resourceGroups } = context.resources;
  for (const group of [...resourceGroups.values()]) {
    if (group.deletingSince === undefined) continue;
    if (!context.tenant.replication.visible("references", group.deletingSince)) continue;
    resourceGroups.delete(group.id);
    await removeContent(context, group);
  }
}

async function removeContent(context: ArmContext, group: ResourceGroup): Promise<void> {
  const { vaults, identities } = context.resources;
  const inGroup = (resource: { readonly resourceGroup: string }) =>
    resource.resourceGroup.toLowerCase() === group.name.toLowerCase();
  const path = pathOf(group);
  const others = [...context.resources.others.values()].filter((resource) => isWithin(resource.path, path));
  // Sites before plans and storage: an app is stopped before what it uses goes.
  for (const resource of others.reverse()) await removeResource(context, resource);
  for (const vault of [...vaults.values()].filter(inGroup)) await deleteVault(context, vault);
  for (const identity of [...identities.values()].filter(inGroup)) deleteIdentity(context, identity);
  removeExtensionsWithin(context.resources, path);
}

/** Resource groups. */
export const resourceGroupOperations: readonly ArmOperation[] = [
  {
    method: "GET",
    path: collectionPath,
    type,
    handle: (call) =>
      list(readable(call, `${action}/read`, call.resources.resourceGroups.values(), pathOf).map(bodyOf)),
  },
  { method: "GET", path, type, action: `${action}/read`, handle: (call) => ok(bodyOf(requireGroup(call))) },
  {
    method: "HEAD",
    path,
    type,
    action: `${action}/read`,
    handle: (call) => {
      requireGroup(call);
      return { status: 204 };
    },
  },
  { method: "PUT", path, type, action: `${action}/write`, handle: put },
  { method: "PATCH", path, type, action: `${action}/write`, handle: patch },
  { method: "DELETE", path, type, action: `${action}/delete`, handle: remove },
];
