import { z } from "zod";
import { cloudNames } from "../clouds/resolve";
import { generatedCertificate } from "./certificates/generated-certificate";
import { vaultCertificate } from "./certificates/vault-certificate";
import { connectVaults, type VaultSession } from "./certificates/vault-session";
import type { Plugin } from "./serve";

/** Our own provider: the resource types that azuread and azure-native don't have. */
export const entraConnectors: Plugin<VaultSession> = {
  name: "entra-connectors",
  version: "0.1.0",
  description: "Certificates for products that connect to a Microsoft Entra ID tenant.",
  configuration: z.object({
    cloud: z.enum(cloudNames(), `must be one of ${cloudNames().join(", ")}`).optional(),
  }),
  // The stack's settings lie in the same configuration namespace; they are none of this provider's business.
  sharesNamespace: true,
  resources: [vaultCertificate, generatedCertificate],
  functions: [],
  connect: async (configuration) => connectVaults(configuration),
};
