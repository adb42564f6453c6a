import { z } from "zod";
import { type Reading, resourceType, suffixed } from "../../../../components/plugin/serve";
import { type ArmResource, createResource, deleteResource, findResource, replaceResource } from "./arm";
import { partsOf, pathOf } from "./arm-ids";
import type { Azure } from "./azure";
import { locationOf } from "./location";
import { commonInputs, commonOutputs } from "./outputs";

const FORMAT =
  "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}";

/** `azure-native.managedidentity.UserAssignedIdentity`. */
export const userAssignedIdentity = resourceType({
  token: "azure-native:managedidentity:UserAssignedIdentity",
  description: "A user-assigned managed identity.",
  inputs: z.strictObject({
    resourceGroupName: z.string().min(1, "must not be empty"),
    resourceName: z.string().regex(/^[a-zA-Z0-9][-\w]{2,127}$/, "must be 3 to 128 letters, digits, - or _"),
    location: z.string().min(1, "must not be empty").optional(),
    tags: z.record(z.string(), z.string()).optional(),
  }),
  autoname: suffixed("resourceName", 128),
  computed: ["azureApiVersion", "clientId", "name", "principalId", "systemData", "tenantId", "type"],
  hidden: ["resourceGroupName", "resourceName"],
  serverChosen: ["location"],
  replaceOn: ["location", "resourceGroupName", "resourceName"],
  deleteBeforeReplace: true,
  caseInsensitive: ["location", "resourceGroupName", "resourceName"],
  timeouts: { create: 60, update: 60, delete: 60 },
  create: async (azure: Azure, inputs, operation) => {
    const { resourceGroupName, resourceName } = inputs;
    const path = pathOf(FORMAT, { subscription: azure.subscriptionId, resourceGroupName, resourceName });
    const location = await locationOf(azure, inputs.location, inputs.resourceGroupName, operation);
    const body = { location, tags: inputs.tags ?? {} };
    return readingOf(
      await createResource(azure.arm, "userAssignedIdentity", path, body, operation, outputsOf),
    );
  },
  read: async (azure, operation) => {
    const found = await findResource(azure.arm, "userAssignedIdentity", operation.id, operation);
    return found === undefined ? undefined : readingOf(found);
  },
  update: async (azure, inputs, operation) => {
    const location = await locationOf(azure, inputs.location, inputs.resourceGroupName, operation);
    const body = { location, tags: inputs.tags ?? {} };
    return readingOf(await replaceResource(azure.arm, "userAssignedIdentity", operation.id, body, operation));
  },
  delete: (azure, operation) => deleteResource(azure.arm, "userAssignedIdentity", operation.id, operation),
});

const identityProperties = z.object({
  clientId: z.string().nullish(),
  principalId: z.string().nullish(),
  tenantId: z.string().nullish(),
});

function outputsOf(resource: ArmResource) {
  const { clientId, principalId, tenantId } = identityProperties.parse(resource.properties ?? {});
  return {
    ...commonOutputs(resource, "userAssignedIdentity"),
    clientId: clientId ?? "",
    principalId: principalId ?? "",
    tenantId: tenantId ?? "",
  };
}

function readingOf(resource: ArmResource): Reading {
  const names = partsOf(resource.id, FORMAT, ["resourceGroupName", "resourceName"]);
  return { id: resource.id, inputs: { ...commonInputs(resource), ...names }, outputs: outputsOf(resource) };
}
