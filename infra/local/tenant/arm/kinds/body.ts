import { z } from "zod";
import type { ArmCall } from "../call";
import { readBody } from "../call";
import { ArmError } from "../errors";
import { echoedFields, tagsField } from "../fields";
import { resourcePath } from "../ids";
import type { Resource, Resources } from "../model";
import type { Declared, Kind, View } from "./kind";

const identitySchema = z.looseObject({
  type: z.string(),
  userAssignedIdentities: z.record(z.string(), z.unknown()).nullish(),
});

const bodySchema = z.strictObject({
  ...echoedFields,
  location: z.string().nullish(),
  tags: tagsField,
  kind: z.string().nullish(),
  sku: z.record(z.string(), z.unknown()).nullish(),
  identity: identitySchema.nullish(),
  extendedLocation: z.unknown().optional(),
  zones: z.array(z.string()).nullish(),
  etag: z.string().nullish(),
  managedBy: z.string().nullish(),
  properties: z.record(z.string(), z.unknown()).nullish(),
});

/** A request's body: what it declares, and where and how tagged. */
export interface Body {
  readonly location: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly declared: Declared;
}

/**
 * Reads the body of a PUT, or of a PATCH over what is there.
 * @throws ArmError 400 InvalidRequestContent
 */
export function readDeclared(call: ArmCall, kind: Kind, over: Resource | undefined): Body {
  const given = readBody(call, bodySchema);
  const merged = { ...(over === undefined ? {} : over.properties), ...(given.properties ?? {}) };
  const properties = readBody(
    { ...call, body: { properties: merged } },
    z.strictObject({ properties: kind.properties }),
  ).properties;
  return {
    location: given.location ?? undefined,
    tags: given.tags ?? undefined,
    declared: {
      ...defined("kind", given.kind ?? over?.kind),
      ...defined("sku", given.sku ?? over?.sku),
      ...defined("identity", given.identity ?? declaredAgain(over)),
      ...defined("extendedLocation", given.extendedLocation ?? over?.extendedLocation),
      ...defined("zones", given.zones ?? over?.zones),
      properties,
    },
  };
}

function defined<K extends string, T>(key: K, value: T | null | undefined): { [name in K]?: T } {
  return (value === undefined || value === null ? {} : { [key]: value }) as { [name in K]?: T };
}

function declaredAgain(resource: Resource | undefined): Declared["identity"] {
  const identity = resource?.identity;
  if (identity === undefined) return undefined;
  const ids = identity.userAssignedIdentities ?? [];
  return { type: identity.type, userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) };
}

/**
 * The declared identities as they are stored: ids in the casing of Azure.
 * @throws ArmError 400 for an identity that is not there, or of a type that is not served
 */
export function checkedIdentity(resources: Resources, declared: Declared["identity"]): Resource["identity"] {
  if (declared === undefined || declared.type.toLowerCase() === "none") return undefined;
  if (declared.type.toLowerCase() !== "userassigned") {
    throw new ArmError(
      400,
      "InvalidIdentityType",
      `The local tenant serves user-assigned identities only, not identity type '${declared.type}'.`,
    );
  }
  return {
    type: "UserAssigned",
    userAssignedIdentities: Object.keys(declared.userAssignedIdentities ?? {}).map((id) =>
      identityPath(resources, id),
    ),
  };
}

function identityPath(resources: Resources, id: string): string {
  const found = resources.identities.get(id.toLowerCase());
  if (found === undefined) {
    throw new ArmError(
      400,
      "FailedIdentityOperation",
      `Identity operation for resource failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. ` +
        `Response: '{"error":{"code":"BadRequest","message":"Resource '${id}' was not found."}}'.`,
    );
  }
  const { subscriptionId, resourceGroup, name } = found;
  return resourcePath(
    subscriptionId,
    resourceGroup,
    "Microsoft.ManagedIdentity/userAssignedIdentities",
    name,
  );
}

/** The whole body of a resource as it is told. */
export function resourceBody(
  kind: Kind,
  view: View,
): { readonly id: string; readonly [member: string]: unknown } {
  const { resource } = view;
  const located = kind.location === "none" ? {} : { location: resource.location, tags: resource.tags };
  return {
    id: resource.path,
    name: resource.name,
    type: kind.type,
    ...located,
    ...defined("kind", resource.kind),
    ...defined("sku", resource.sku),
    ...defined("identity", shownIdentity(view)),
    ...defined("extendedLocation", resource.extendedLocation),
    ...defined("zones", resource.zones),
    ...kind.show(view),
  };
}

function shownIdentity({ call, resource }: View): unknown {
  if (resource.identity === undefined) return undefined;
  const ids = resource.identity.userAssignedIdentities ?? [];
  const shown = ids.map((id) => {
    const { principalId, clientId } = call.resources.identities.get(id.toLowerCase()) ?? {};
    return [id, { principalId, clientId }] as const;
  });
  return { type: resource.identity.type, userAssignedIdentities: Object.fromEntries(shown) };
}

/** The `provisioningState` of a resource whose creation takes a while. */
export function provisioningState({ call, resource }: View): "Creating" | "Succeeded" {
  return call.tenant.replication.visible("references", resource.createdAt) ? "Succeeded" : "Creating";
}

/** Who made a resource, and when it was made and changed. */
export function systemData({ resource }: View): unknown {
  return {
    createdBy: resource.createdBy,
    createdByType: "Application",
    createdAt: new Date(resource.createdAt).toISOString(),
    lastModifiedBy: resource.createdBy,
    lastModifiedByType: "Application",
    lastModifiedAt: new Date(resource.modifiedAt).toISOString(),
  };
}
