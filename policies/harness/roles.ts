/** Application permissions that a resource asks for or grants, with what the catalogue knows of them. */
import { z } from "zod";
import { type ApiName, apis } from "../../components/permissions/catalogue/apis";
import { apiOfAppId } from "../../components/permissions/catalogue/find-api";
import { findRoleById } from "../../components/permissions/catalogue/find-role";
import type { CatalogueRole } from "../../components/permissions/catalogue/role";
import { type Judgement, tierOf } from "../../components/permissions/tiers/tier";
import type { StackResource } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** Types by which an application asks for permissions. */
export const requestTypes = [types.application, types.applicationApiAccess] as const;
/** Types by which an application asks for permissions or gets them. */
export const roleTypes = [...requestTypes, types.appRoleAssignment] as const;

/** A permission by its ids, before anything is known of it. */
export interface RequestedAccess {
  /** Application id of the API, lower case; undefined for a grant, which names the API's object. */
  readonly resourceAppId: string | undefined;
  readonly id: string;
  /** `Role`: application permission. `Scope`: delegated permission. */
  readonly type: string;
}

/** A permission that the catalogue knows. */
export interface KnownRole {
  readonly api: ApiName;
  readonly role: CatalogueRole;
  readonly judgement: Judgement;
}

const id = z.string().toLowerCase();
const ids = z.array(id).default([]);
const access = z
  .array(
    z.object({
      resourceAppId: id,
      resourceAccesses: z.array(z.object({ id, type: z.string() })).default([]),
    }),
  )
  .default([]);

const apiNames = Object.keys(apis) as readonly ApiName[];

/** Every permission that the resource asks for or grants. */
export function requestedAccess({ type, properties }: StackResource): readonly RequestedAccess[] {
  if (type === types.appRoleAssignment)
    return [{ resourceAppId: undefined, id: readProperty(properties, "appRoleId", id), type: "Role" }];
  if (type === types.applicationApiAccess) {
    const resourceAppId = readProperty(properties, "apiClientId", id);
    const of = (property: string, kind: string) =>
      readProperty(properties, property, ids).map((one) => ({ resourceAppId, id: one, type: kind }));
    return [...of("roleIds", "Role"), ...of("scopeIds", "Scope")];
  }
  return readProperty(properties, "requiredResourceAccesses", access).flatMap((api) =>
    api.resourceAccesses.map((one) => ({ ...one, resourceAppId: api.resourceAppId })),
  );
}

/** What the catalogue knows of a permission; of a grant, whichever API publishes the id. */
export function knownRole({ resourceAppId, id: roleId, type }: RequestedAccess): KnownRole | undefined {
  if (type !== "Role") return undefined;
  const named = resourceAppId === undefined ? undefined : apiOfAppId(resourceAppId);
  const candidates = resourceAppId === undefined ? apiNames : named === undefined ? [] : [named];
  for (const api of candidates) {
    const role = findRoleById(api, roleId);
    if (role !== undefined) return { api, role, judgement: tierOf(api, role.value) };
  }
  return undefined;
}

/** The permissions of the resource that the catalogue knows; the others are for the rule known-role-id. */
export function knownRoles(resource: StackResource): readonly KnownRole[] {
  return requestedAccess(resource).flatMap((one) => knownRole(one) ?? []);
}

/** `Directory.Read.All (Microsoft Graph)`. */
export function describeRole({ api, role }: Pick<KnownRole, "api" | "role">): string {
  return `${role.value} (${apis[api].displayName})`;
}
