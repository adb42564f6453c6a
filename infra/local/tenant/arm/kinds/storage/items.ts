/** Containers and queues: what there is, is known by the data plane, where clients make and delete them too. */
import { z } from "zod";
import type { ArmType } from "../../api-versions";
import { type ArmCall, type ArmOperation, type ArmReply, list, ok, readBody } from "../../call";
import { ArmError, resourceNotFound } from "../../errors";
import { echoedFields } from "../../fields";
import type { StorageItem, StorageService } from "../../hosting";
import type { Resource } from "../../model";
import { removeExtensionsWithin } from "../../roles/assignment";
import { requireResource } from "../operations";
import { storageAccountKind } from "./accounts";

/** How containers and queues differ. */
interface ItemType {
  readonly type: ArmType;
  readonly service: StorageService;
  /** The part of the path below the account. */
  readonly below: string;
  readonly notFound: string;
  readonly namePattern: RegExp;
  show(item: StorageItem): object;
}

const container: ItemType = {
  type: "Microsoft.Storage/storageAccounts/blobServices/containers",
  service: "blob",
  below: "blobServices/default/containers",
  notFound: "ContainerNotFound",
  namePattern: /^(\$root|\$web|\$logs|[a-z0-9](-?[a-z0-9]){2,62})$/,
  show: ({ lastModified, metadata }) => ({
    deleted: false,
    remainingRetentionDays: 0,
    defaultEncryptionScope: "$account-encryption-key",
    denyEncryptionScopeOverride: false,
    publicAccess: "None",
    leaseStatus: "Unlocked",
    leaseState: "Available",
    lastModifiedTime: lastModified,
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
  }),
};

const queue: ItemType = {
  type: "Microsoft.Storage/storageAccounts/queueServices/queues",
  service: "queue",
  below: "queueServices/default/queues",
  notFound: "QueueNotFound",
  namePattern: /^[a-z0-9](-?[a-z0-9]){2,62}$/,
  show: ({ metadata }) => ({ metadata }),
};

const schema = z.strictObject({
  ...echoedFields,
  etag: z.string().nullish(),
  properties: z
    .looseObject({
      metadata: z.record(z.string(), z.string()).nullish(),
      publicAccess: z.enum(["None", "Blob", "Container"]).nullish(),
    })
    .nullish(),
});

function bodyOf(account: Resource, { type, below, service, show }: ItemType, item: StorageItem): object {
  return {
    id: `${account.path}/${below}/${item.name}`,
    name: item.name,
    type,
    ...(service === "blob" ? { etag: item.etag } : {}),
    properties: show(item),
  };
}

async function find(call: ArmCall, { service }: ItemType, account: Resource) {
  return call.hosting.storage.item(account.name, service, call.param("item").toLowerCase());
}

async function get(call: ArmCall, type: ItemType): Promise<ArmReply> {
  const account = requireResource(call, storageAccountKind);
  const item = await find(call, type, account);
  if (item !== undefined) return ok(bodyOf(account, type, item));
  throw new ArmError(
    404,
    type.notFound,
    `The specified ${type.service === "blob" ? "container" : "queue"} does not exist.`,
  );
}

async function write(call: ArmCall, type: ItemType): Promise<ArmReply> {
  const { properties } = readBody(call, schema);
  const account = requireResource(call, storageAccountKind);
  const name = call.param("item");
  if (!type.namePattern.test(name)) {
    throw new ArmError(
      400,
      "InvalidResourceName",
      `The specified resource name '${name}' contains invalid characters.`,
    );
  }
  refusePublicAccess(account, properties?.publicAccess);
  const before = await find(call, type, account);
  if (before === undefined && call.method === "PATCH")
    throw resourceNotFound(`${type.type}/${name}`, call.param("resourceGroupName"));
  await call.hosting.storage.put(
    account.name,
    type.service,
    name,
    properties?.metadata ?? before?.metadata ?? {},
  );
  const item = await find(call, type, account);
  if (item === undefined) throw new Error(`The ${type.service} item ${name} vanished while it was made.`);
  return { status: before === undefined ? 201 : 200, body: bodyOf(account, type, item) };
}

function refusePublicAccess(account: Resource, asked: string | null | undefined): void {
  if (asked === undefined || asked === null || asked === "None") return;
  const message =
    account.properties.allowBlobPublicAccess === true
      ? "The local tenant's storage serves no public access."
      : "Public access is not permitted on this storage account.";
  throw new ArmError(409, "PublicAccessNotPermitted", message);
}

async function remove(call: ArmCall, type: ItemType): Promise<ArmReply> {
  const account = requireResource(call, storageAccountKind);
  const item = await find(call, type, account);
  if (item === undefined) return { status: 204 };
  await call.hosting.storage.delete(account.name, type.service, item.name);
  removeExtensionsWithin(call.resources, `${account.path}/${type.below}/${item.name}`);
  return { status: 200 };
}

async function listItems(call: ArmCall, type: ItemType): Promise<ArmReply> {
  const account = requireResource(call, storageAccountKind);
  const items = await call.hosting.storage.items(account.name, type.service);
  return list(items.map((item) => bodyOf(account, type, item)));
}

function operationsOf(itemType: ItemType): readonly ArmOperation[] {
  const { type, below } = itemType;
  const account =
    "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.Storage/storageAccounts/{n0}";
  const collection = `${account}/${below}`;
  const path = `${collection}/{item}`;
  const writes = (["PUT", "PATCH"] as const).map((method) => ({
    ...{ method, path, type, action: `${type}/write` },
    handle: (call: ArmCall) => write(call, itemType),
  }));
  return [
    {
      method: "GET",
      path: collection,
      type,
      action: `${type}/read`,
      handle: (call) => listItems(call, itemType),
    },
    { method: "GET", path, type, action: `${type}/read`, handle: (call) => get(call, itemType) },
    ...writes,
    { method: "DELETE", path, type, action: `${type}/delete`, handle: (call) => remove(call, itemType) },
  ];
}

/** Blob containers and storage queues by way of Resource Manager. */
export const storageItemOperations: readonly ArmOperation[] = [
  ...operationsOf(container),
  ...operationsOf(queue),
];
