/** Licences of the tenant, of users and of groups. */
import { z } from "zod";
import { type Edition, hasEdition, plansOf } from "../../directory/editions";
import type { AssignedLicense, PlainEntity, User } from "../../directory/model";
import type { Directory } from "../../directory/open";
import { badRequest, GraphError } from "../errors";
import { type GraphRequest, type GraphResponse, idAt, type Route } from "../request";
import { collectionSource, itemFrom, listOf, required, show } from "../sources";
import { groupType } from "../types/group";
import { subscribedSkuType } from "../types/license";
import { userType } from "../types/user";

/** Throws 403 unless the tenant has at least that edition of Microsoft Entra ID. */
export function requirePremium({ directory }: GraphRequest, edition: Edition = "P1"): void {
  if (hasEdition(directory, edition)) return;
  throw new GraphError(
    403,
    "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
    "Neither tenant is B2C or tenant doesn't have premium license",
  );
}

/** The licences of a user with the names and plans of their SKUs. */
export function licenseDetailsOf(directory: Directory, user: User): readonly PlainEntity[] {
  return user.assignedLicenses.map(({ skuId, disabledPlans }) => {
    const sku = skuById(directory, skuId);
    const servicePlans = (sku === undefined ? [] : plansOf(sku)).filter(
      (plan) => !disabledPlans.includes(plan.servicePlanId),
    );
    return {
      id: `${user.id}_${skuId}`,
      properties: { skuId, skuPartNumber: sku?.properties.skuPartNumber ?? null, servicePlans },
    };
  });
}

function skuById(directory: Directory, skuId: string): PlainEntity | undefined {
  for (const sku of directory.subscribedSkus.values()) if (sku.properties.skuId === skuId) return sku;
  return undefined;
}

const changeSchema = z.object({
  addLicenses: z.array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()).default([]) })),
  removeLicenses: z.array(z.string()),
});

/** The licences after a change; throws 400 for an unknown SKU or a removal of what is not there. */
function changeLicenses(
  request: GraphRequest,
  current: readonly AssignedLicense[],
): readonly AssignedLicense[] {
  const parsed = changeSchema.safeParse(request.body);
  if (!parsed.success)
    throw badRequest("addLicenses and removeLicenses are both required and must be lists.");
  const { addLicenses, removeLicenses } = parsed.data;
  for (const { skuId } of addLicenses) {
    if (skuById(request.directory, skuId) === undefined) {
      throw badRequest(
        `License assignment cannot be done: ${skuId} does not correspond to a valid company License.`,
      );
    }
  }
  const missing = removeLicenses.find((skuId) => !current.some((license) => license.skuId === skuId));
  if (missing !== undefined) throw badRequest(`User does not have a corresponding license for ${missing}.`);
  const replaced = new Set([...removeLicenses, ...addLicenses.map(({ skuId }) => skuId)]);
  return [...current.filter(({ skuId }) => !replaced.has(skuId)), ...addLicenses];
}

function assignToUser(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const user = required(directory.users, idAt(request));
  const assignedLicenses = changeLicenses(request, user.assignedLicenses);
  if (assignedLicenses.length > 0 && user.properties.usageLocation === undefined) {
    throw badRequest("License assignment cannot be done for user with invalid usage location.");
  }
  const changed = directory.users.put({ ...user, assignedLicenses });
  return show(request, { type: userType, entity: changed });
}

function assignToGroup(request: GraphRequest): GraphResponse {
  const { directory } = request;
  const group = required(directory.groups, idAt(request));
  const current = z
    .array(z.object({ skuId: z.string(), disabledPlans: z.array(z.string()) }))
    .parse(group.properties.assignedLicenses ?? []);
  const assignedLicenses = changeLicenses(request, current);
  const changed = directory.groups.put({ ...group, properties: { ...group.properties, assignedLicenses } });
  return { ...show(request, { type: groupType, entity: changed }), status: 202 };
}

export const licenseRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/subscribedSkus",
    handle: listOf((request) =>
      collectionSource(request, request.directory.subscribedSkus, subscribedSkuType),
    ),
  },
  {
    method: "GET",
    path: "/subscribedSkus/{id}",
    handle: itemFrom((request) => request.directory.subscribedSkus, subscribedSkuType),
  },
  { method: "POST", path: "/users/{id}/assignLicense", handle: assignToUser },
  { method: "POST", path: "/groups/{id}/assignLicense", handle: assignToGroup },
];
