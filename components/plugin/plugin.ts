import { z } from "zod";
import { cloudNames } from "../clouds/resolve";
import { generatedCertificate } from "./certificates/generated-certificate";
import { vaultCertificate } from "./certificates/vault-certificate";
import { connectVaults, type VaultSession } from "./certificates/vault-session";
import { functionPackage } from "./function-package/function-package";
import { getCollectorPackage } from "./function-package/get-collector-package";
import { connectSites, type SiteSession } from "./function-package/site-session";
import type { Plugin } from "./serve";
import { signedInCloud } from "./signed-in-cloud";

/** Our own provider: the resource types that azuread and azure-native don't have. */
export const entraConnectors: Plugin<VaultSession & SiteSession> = {
  name: "entra-connectors",
  version: "0.1.0",
  description:
    "Certificates for products that connect to a Microsoft Entra ID tenant, and the code of the collector.",
  configuration: z.object({
    cloud: z.enum(cloudNames(), `must be one of ${cloudNames().join(", ")}`).optional(),
  }),
  // The stack's settings lie in the same configuration namespace; they are none of this provider's business.
  sharesNamespace: true,
  resources: [vaultCertificate, generatedCertificate, functionPackage],
  functions: [getCollectorPackage],
  connect: async (configuration) => {
    const signedIn = signedInCloud(configuration);
    return { ...connectVaults(signedIn), ...connectSites(signedIn) };
  },
};
