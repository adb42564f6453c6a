import { z } from "zod";
import { functionType } from "../../../../components/plugin/serve";
import type { Azure } from "./azure";

/** `azure-native.authorization.getClientConfig`: who deploys, and into which subscription. */
export const getClientConfig = functionType({
  token: "azure-native:authorization:getClientConfig",
  description: "Tells who signs in and the subscription in use.",
  inputs: z.strictObject({}),
  run: async (azure: Azure, _args, operation) => ({
    clientId: azure.settings.clientId,
    objectId: await azure.arm.caller(operation),
    subscriptionId: azure.subscriptionId,
    tenantId: azure.settings.tenantId,
  }),
});

/** `azure-native.authorization.getClientToken`: an access token of the deployer. */
export const getClientToken = functionType({
  token: "azure-native:authorization:getClientToken",
  description:
    "Gets an access token of who signs in; for Azure Resource Manager unless an endpoint is named.",
  inputs: z.strictObject({ endpoint: z.string().optional() }),
  secretOutputs: ["token"],
  run: async (azure: Azure, args, operation) => ({
    token: await azure.token(args.endpoint ?? azure.arm.root, operation),
  }),
});
