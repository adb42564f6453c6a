/** All contestants sign in alike: with the secret of the same application. */
import { ClientSecretCredential } from "@azure/identity";
import type { Task } from "../contract";

export const credentialOf = ({ tenantId, clientId, secret, login }: Task) =>
  new ClientSecretCredential(tenantId, clientId, secret, {
    authorityHost: login,
    disableInstanceDiscovery: true,
  });
