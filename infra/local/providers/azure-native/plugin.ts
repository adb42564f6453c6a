import { z } from "zod";
import type { Plugin } from "../../../../components/plugin/serve";
import { signInConfiguration } from "../http/settings";
import { type Azure, connectAzure } from "./azure";
import { getClientConfig, getClientToken } from "./functions";
import { secret } from "./key-vault/secret";
import { vault } from "./key-vault/vault";
import { resourceGroup } from "./resource-group";
import { roleAssignment } from "./role-assignment";
import { managementLock } from "./types/lock";
import { monitorTypes } from "./types/monitor";
import { networkTypes } from "./types/network";
import { storageTypes } from "./types/storage";
import { webTypes } from "./types/web";
import { userAssignedIdentity } from "./user-assigned-identity";

/** The local stand-in for the official azure-native plugin: the types that this product declares, the same calls. */
export const azureNative: Plugin<Azure> = {
  name: "azure-native",
  version: "3.28.0",
  description:
    "Local stand-in for the azure-native provider, for the resource types that entra-connectors declares.",
  configuration: z.strictObject({
    ...signInConfiguration,
    subscriptionId: z.string().optional(),
    location: z.string().optional(),
  }),
  resources: [
    resourceGroup,
    vault,
    secret,
    userAssignedIdentity,
    roleAssignment,
    managementLock,
    ...monitorTypes,
    ...networkTypes,
    ...storageTypes,
    ...webTypes,
  ],
  functions: [getClientConfig, getClientToken],
  connect: connectAzure,
};
