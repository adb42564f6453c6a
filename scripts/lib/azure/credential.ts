/** How a command signs in: as the operator or deployer that the environment names, with the variables Pulumi and Azure know. */
import { readFileSync } from "node:fs";
import type { TokenCredential } from "@azure/identity";
import { type Cloud, resolveCloud } from "../../../components/clouds";
import { lazyCredential } from "./lazy-credential";

/** The cloud of a name, or what ARM_METADATA_HOSTNAME describes. */
export async function cloudOf(name: string, graphDomain?: string): Promise<Cloud> {
  return resolveCloud({ name, graphDomain, metadataHost: process.env.ARM_METADATA_HOSTNAME });
}

/** What @azure/identity must be told about the cloud's login endpoint. */
export function authorityOptions(cloud: Cloud): { authorityHost: string; disableInstanceDiscovery: boolean } {
  return { authorityHost: cloud.login, disableInstanceDiscovery: !cloud.authority.instanceDiscovery };
}

/**
 * The operator's credential in a tenant: ARM_* or AZURE_* client secret, an OIDC token (ARM_USE_OIDC), else whatever
 * `az login`, a managed identity or Visual Studio Code offers.
 */
export function operatorCredential(tenantId: string, cloud: Cloud): TokenCredential {
  const env = process.env;
  const options = authorityOptions(cloud);
  const clientId = env.ARM_CLIENT_ID ?? env.AZURE_CLIENT_ID;
  const secret = env.ARM_CLIENT_SECRET ?? env.AZURE_CLIENT_SECRET;
  const oidcToken = oidcTokenSource();
  return lazyCredential(({ ClientAssertionCredential, ClientSecretCredential, DefaultAzureCredential }) => {
    if (clientId && secret) return new ClientSecretCredential(tenantId, clientId, secret, options);
    if (clientId && oidcToken) return new ClientAssertionCredential(tenantId, clientId, oidcToken, options);
    return new DefaultAzureCredential({ tenantId, ...options });
  });
}

/** Where the OIDC token of a pipeline comes from, when there is one: named directly, or in a file that is renewed. */
function oidcTokenSource(): (() => Promise<string>) | undefined {
  const { ARM_USE_OIDC, ARM_OIDC_TOKEN, ARM_OIDC_TOKEN_FILE_PATH } = process.env;
  if (ARM_USE_OIDC !== "true" && ARM_USE_OIDC !== "1") return undefined;
  if (ARM_OIDC_TOKEN) return async () => ARM_OIDC_TOKEN;
  if (ARM_OIDC_TOKEN_FILE_PATH) return async () => readFileSync(ARM_OIDC_TOKEN_FILE_PATH, "utf8").trim();
  return undefined;
}
