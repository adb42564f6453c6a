import { z } from "zod";
import { type Reading, resourceType, suffixed } from "../../../../components/plugin/serve";
import { type ArmResource, createResource, deleteResource, findResource, replaceResource } from "./arm";
import { partsOf, pathOf } from "./arm-ids";
import type { Azure } from "./azure";
import { commonInputs, commonOutputs } from "./outputs";
import { plainProperties } from "./plain";

const FORMAT = "/subscriptions/{subscription}/resourceGroups/{resourceGroupName}";

/** `azure-native.resources.ResourceGroup`. */
export const resourceGroup = resourceType({
  token: "azure-native:resources:ResourceGroup",
  description: "A resource group.",
  inputs: z.strictObject({
    resourceGroupName: z
      .string()
      .regex(/^[-\w._()]{1,90}$/, "must be 1 to 90 letters, digits, or any of . _ - ( )"),
    location: z.string().min(1, "must not be empty").optional(),
    managedBy: z.string().optional(),
    tags: z.record(z.string(), z.string()).optional(),
  }),
  autoname: suffixed("resourceGroupName", 90),
  computed: ["azureApiVersion", "name", "properties", "type"],
  hidden: ["resourceGroupName"],
  serverChosen: ["location"],
  replaceOn: ["location", "managedBy", "resourceGroupName"],
  deleteBeforeReplace: true,
  caseInsensitive: ["location", "resourceGroupName"],
  timeouts: { create: 60, update: 60, delete: 60 },
  create: async (azure: Azure, inputs, operation) => {
    const path = pathOf(FORMAT, {
      subscription: azure.subscriptionId,
      resourceGroupName: inputs.resourceGroupName,
    });
    const body = bodyOf(inputs, azure);
    return readingOf(await createResource(azure.arm, "resourceGroup", path, body, operation, outputsOf));
  },
  read: async (azure, operation) => {
    const found = await findResource(azure.arm, "resourceGroup", operation.id, operation);
    return found === undefined ? undefined : readingOf(found);
  },
  update: async (azure, inputs, operation) =>
    readingOf(
      await replaceResource(azure.arm, "resourceGroup", operation.id, bodyOf(inputs, azure), operation),
    ),
  delete: (azure, operation) => deleteResource(azure.arm, "resourceGroup", operation.id, operation),
});

/** Thrown for a resource group without a location. */
class LocationMissingError extends Error {
  override readonly name = "LocationMissingError";
}

function bodyOf(
  inputs: {
    readonly location?: string | undefined;
    readonly managedBy?: string | undefined;
    readonly tags?: Readonly<Record<string, string>> | undefined;
  },
  azure: Azure,
): Record<string, unknown> {
  const location = inputs.location ?? azure.location;
  if (location === undefined) {
    throw new LocationMissingError(
      "The resource group needs a location: give one, or set azure-native:location.",
    );
  }
  const managedBy = inputs.managedBy === undefined ? {} : { managedBy: inputs.managedBy };
  return { location, ...managedBy, tags: inputs.tags ?? {} };
}

function outputsOf(resource: ArmResource) {
  return { ...commonOutputs(resource, "resourceGroup"), properties: plainProperties(resource.properties) };
}

function readingOf(resource: ArmResource): Reading {
  const { resourceGroupName } = partsOf(resource.id, FORMAT, ["resourceGroupName"]);
  return {
    id: resource.id,
    inputs: { ...commonInputs(resource), resourceGroupName },
    outputs: outputsOf(resource),
  };
}
