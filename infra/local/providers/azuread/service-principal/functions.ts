import { z } from "zod";
import { functionType, type PlainProperties } from "../../../../../components/plugin/serve";
import type { Limits } from "../../http/time";
import type { Directory } from "../directory";
import {
  findByClientId,
  findByDisplayName,
  listAll,
  ServicePrincipalLookupError,
  samlMetadataUrl,
} from "./lookup";
import { featureTagsOf, type GraphServicePrincipal, parseServicePrincipal, publishedOf } from "./state";

/** `azuread.getServicePrincipal`: one service principal by client id, display name or object id. */
export const getServicePrincipal = functionType({
  token: "azuread:index/getServicePrincipal:getServicePrincipal",
  description: "Looks up one service principal.",
  inputs: z
    .strictObject({
      clientId: z.string().optional(),
      displayName: z.string().optional(),
      objectId: z.string().optional(),
    })
    .refine(
      (args) =>
        [args.clientId, args.displayName, args.objectId].filter((value) => value !== undefined).length === 1,
      { message: "give exactly one of clientId, displayName and objectId", path: ["clientId"] },
    ),
  run: async (directory: Directory, args, operation) => {
    const found = await lookUp(directory, args, operation);
    const features = featureTagsOf(found);
    return {
      ...publishedOf(found),
      id: `/servicePrincipals/${found.id}`,
      samlMetadataUrl: await samlMetadataUrl(directory, found.id, operation),
      samlSingleSignOns: [{ relayState: found.samlSingleSignOnSettings?.relayState ?? "" }],
      featureTags: [features],
      features: [
        {
          customSingleSignOnApp: features.customSingleSignOn,
          enterpriseApplication: features.enterprise,
          galleryApplication: features.gallery,
          visibleToUsers: features.hide !== true,
        },
      ],
    };
  },
});

/** `azuread.getServicePrincipals`: several service principals at once. */
export const getServicePrincipals = functionType({
  token: "azuread:index/getServicePrincipals:getServicePrincipals",
  description: "Looks up several service principals.",
  inputs: z.strictObject({
    clientIds: z.array(z.string()).optional(),
    displayNames: z.array(z.string()).optional(),
    objectIds: z.array(z.string()).optional(),
    ignoreMissing: z.boolean().optional(),
    returnAll: z.boolean().optional(),
  }),
  run: async (directory: Directory, args, operation) => {
    const found =
      args.returnAll === true
        ? await listAll(directory, operation)
        : await lookUpEach(directory, args, operation);
    const servicePrincipals = await Promise.all(found.map((one) => summary(directory, one, operation)));
    return {
      id: `servicePrincipals#${found.map((one) => one.id).join(",")}`,
      clientIds: found.map((one) => one.appId),
      displayNames: found.map((one) => one.displayName ?? ""),
      objectIds: found.map((one) => one.id),
      ignoreMissing: args.ignoreMissing ?? false,
      returnAll: args.returnAll ?? false,
      servicePrincipals,
    };
  },
});

interface Selector {
  readonly clientId?: string | undefined;
  readonly displayName?: string | undefined;
  readonly objectId?: string | undefined;
}

async function lookUp(
  directory: Directory,
  selector: Selector,
  limits: Limits,
): Promise<GraphServicePrincipal> {
  const found = await tryLookUp(directory, selector, limits);
  if (found !== undefined) return found;
  const [what, value] = Object.entries(selector).find(([, text]) => text !== undefined) ?? ["selector", ""];
  throw new ServicePrincipalLookupError(
    `No service principal has the ${what} "${value}". If it belongs to an API of Microsoft, an administrator can create it: POST /servicePrincipals with {"appId": …}.`,
  );
}

async function tryLookUp(
  directory: Directory,
  { clientId, displayName, objectId }: Selector,
  limits: Limits,
): Promise<GraphServicePrincipal | undefined> {
  if (clientId !== undefined) return findByClientId(directory, clientId, limits);
  if (displayName !== undefined) return findByDisplayName(directory, displayName, limits);
  const body = await directory.v1.find(`/servicePrincipals/${objectId ?? ""}`, limits);
  return body === undefined ? undefined : parseServicePrincipal(body);
}

async function lookUpEach(
  directory: Directory,
  args: {
    readonly clientIds?: readonly string[] | undefined;
    readonly displayNames?: readonly string[] | undefined;
    readonly objectIds?: readonly string[] | undefined;
    readonly ignoreMissing?: boolean | undefined;
  },
  limits: Limits,
): Promise<GraphServicePrincipal[]> {
  const selectors: Selector[] = [
    ...(args.clientIds ?? []).map((clientId) => ({ clientId })),
    ...(args.displayNames ?? []).map((displayName) => ({ displayName })),
    ...(args.objectIds ?? []).map((objectId) => ({ objectId })),
  ];
  const look = args.ignoreMissing === true ? tryLookUp : lookUp;
  const found = await Promise.all(selectors.map((selector) => look(directory, selector, limits)));
  return found.filter((one) => one !== undefined);
}

async function summary(
  directory: Directory,
  found: GraphServicePrincipal,
  limits: Limits,
): Promise<PlainProperties> {
  const all = publishedOf(found);
  return {
    accountEnabled: all.accountEnabled,
    appRoleAssignmentRequired: all.appRoleAssignmentRequired,
    applicationTenantId: all.applicationTenantId,
    clientId: all.clientId,
    displayName: all.displayName,
    objectId: all.objectId,
    preferredSingleSignOnMode: all.preferredSingleSignOnMode,
    samlMetadataUrl: await samlMetadataUrl(directory, found.id, limits),
    servicePrincipalNames: all.servicePrincipalNames,
    signInAudience: all.signInAudience,
    tags: all.tags,
    type: all.type,
  };
}
