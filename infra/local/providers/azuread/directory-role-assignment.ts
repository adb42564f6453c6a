import { z } from "zod";
import { type Reading, resourceType } from "../../../../components/plugin/serve";
import { waitUntil } from "../http/poll";
import type { Directory } from "./directory";
import { ResourceIdError } from "./ids";

const ROOT = "/roleManagement/directory/roleAssignments";

const graphAssignment = z.object({
  id: z.string(),
  principalId: z.string(),
  roleDefinitionId: z.string(),
  directoryScopeId: z.string().nullish(),
  appScopeId: z.string().nullish(),
});

/** `azuread.DirectoryRoleAssignment`: an active directory role. */
export const directoryRoleAssignment = resourceType({
  token: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
  description: "An active assignment of a directory role.",
  inputs: z.strictObject({
    principalObjectId: z.guid("must be a GUID"),
    roleId: z.guid("must be a GUID"),
    directoryScopeId: z.string().optional(),
    appScopeId: z.string().optional(),
  }),
  expect: (inputs) =>
    inputs.appScopeId !== undefined && inputs.directoryScopeId !== undefined
      ? [{ property: "appScopeId", reason: "can't be used with directoryScopeId; give one of them" }]
      : [],
  computed: [],
  serverChosen: ["directoryScopeId", "appScopeId"],
  replaceOn: ["appScopeId", "directoryScopeId", "principalObjectId", "roleId"],
  caseInsensitive: ["principalObjectId", "roleId"],
  create: async (directory: Directory, inputs, operation) => {
    const scope =
      inputs.appScopeId === undefined
        ? { directoryScopeId: inputs.directoryScopeId ?? "/" }
        : { appScopeId: inputs.appScopeId };
    // Like the official plugin, no refusal of this call is tried again: a principal that is not known yet is final.
    const body = { principalId: inputs.principalObjectId, roleDefinitionId: inputs.roleId, ...scope };
    const made = readingOf((await directory.v1.call("POST", ROOT, operation, body)).body);
    operation.created(made.id, made.outputs);
    const visible = async () => (await directory.v1.find(made.id, operation)) !== undefined;
    await waitUntil(`directory role assignment ${operation.name}`, visible, operation);
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

function readingOf(body: unknown): Reading {
  const found = graphAssignment.parse(body);
  const properties = {
    principalObjectId: found.principalId,
    roleId: found.roleDefinitionId,
    ...(found.directoryScopeId ? { directoryScopeId: found.directoryScopeId } : {}),
    ...(found.appScopeId ? { appScopeId: found.appScopeId } : {}),
  };
  return { id: `${ROOT}/${found.id}`, inputs: properties, outputs: properties };
}

/** The bare assignment id is understood too: the official documentation imports by it. */
function pathOf(id: string): string {
  if (id.startsWith(`${ROOT}/`)) return id;
  if (/^[^/]+$/.test(id)) return `${ROOT}/${id}`;
  throw new ResourceIdError(id, `${ROOT}/{assignmentId}`);
}
