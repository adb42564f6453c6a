import { z } from "zod";
import { type PlainProperties, type Reading, resourceType } from "../../../../components/plugin/serve";
import type { ApiError } from "../http/errors";
import type { Directory } from "./directory";
import { ResourceIdError } from "./ids";

const graphAssignment = z.object({
  id: z.string(),
  appRoleId: z.string(),
  principalId: z.string(),
  principalType: z.string().nullish(),
  principalDisplayName: z.string().nullish(),
  resourceId: z.string(),
  resourceDisplayName: z.string().nullish(),
});

const guid = z.guid("must be a GUID");

/** `azuread.AppRoleAssignment`: an app role given to a principal; admin consent of one application permission. */
export const appRoleAssignment = resourceType({
  token: "azuread:index/appRoleAssignment:AppRoleAssignment",
  description: "An app role given to a user, group or service principal.",
  inputs: z.strictObject({ appRoleId: guid, principalObjectId: guid, resourceObjectId: guid }),
  computed: ["principalDisplayName", "principalType", "resourceDisplayName"],
  replaceOn: ["appRoleId", "principalObjectId", "resourceObjectId"],
  caseInsensitive: ["appRoleId", "principalObjectId", "resourceObjectId"],
  create: async (directory: Directory, inputs, operation) => {
    const resource = `/servicePrincipals/${inputs.resourceObjectId}`;
    await directory.v1.call("GET", resource, operation);
    const { appRoleId, principalObjectId: principalId, resourceObjectId: resourceId } = inputs;
    const body = { appRoleId, principalId, resourceId };
    const options = { retryWhen: principalIsNotKnownYet };
    const answer = await directory.v1.call("POST", `${resource}/appRoleAssignedTo`, operation, body, options);
    const made = readingOf(answer.body);
    operation.created(made.id, made.outputs);
    return readingOf((await directory.v1.call("GET", made.id, operation)).body);
  },
  read: async (directory, operation) => {
    const found = await directory.v1.find(pathOf(operation.id), operation);
    return found === undefined ? undefined : readingOf(found);
  },
  delete: async (directory, operation) => {
    await directory.v1.call("DELETE", pathOf(operation.id), operation);
  },
});

/** References to a principal lag behind its creation: the official plugin tries these two again. */
function principalIsNotKnownYet(error: ApiError): boolean {
  return (
    error.status === 404 || (error.status === 400 && error.text.includes("Not a valid reference update"))
  );
}

function readingOf(body: unknown): Reading {
  const found = graphAssignment.parse(body);
  const inputs = {
    appRoleId: found.appRoleId,
    principalObjectId: found.principalId,
    resourceObjectId: found.resourceId,
  };
  const outputs: PlainProperties = {
    ...inputs,
    principalDisplayName: found.principalDisplayName ?? "",
    principalType: found.principalType ?? "",
    resourceDisplayName: found.resourceDisplayName ?? "",
  };
  return { id: `/servicePrincipals/${found.resourceId}/appRoleAssignedTo/${found.id}`, inputs, outputs };
}

function pathOf(id: string): string {
  if (/^\/servicePrincipals\/[^/]+\/appRoleAssignedTo\/[^/]+$/.test(id)) return id;
  throw new ResourceIdError(id, "/servicePrincipals/{resourceObjectId}/appRoleAssignedTo/{assignmentId}");
}
