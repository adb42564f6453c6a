import { z } from "zod";
import { functionType } from "../../../../components/plugin/serve";
import type { Directory } from "./directory";

/** `azuread.getClientConfig`: who deploys, from the settings and the token's `oid`. */
export const getClientConfig = functionType({
  token: "azuread:index/getClientConfig:getClientConfig",
  description: "Tells who signs in.",
  inputs: z.strictObject({}),
  run: async (directory: Directory, _args, operation) => {
    const { tenantId, clientId } = directory.settings;
    const objectId = await directory.v1.caller(operation);
    return { id: `${tenantId}-${clientId}-${objectId}`, tenantId, clientId, objectId };
  },
});
