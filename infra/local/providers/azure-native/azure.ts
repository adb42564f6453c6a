import { z } from "zod";
import type { PlainProperties } from "../../../../components/plugin/serve";
import type { Api } from "../http/api";
import { connect } from "../http/connect";
import { type SignInSettings, SignInSettingsError } from "../http/settings";
import type { Limits } from "../http/time";
import { versioned } from "./api-versions";

/** The client of this plugin: Azure Resource Manager, the data plane of vaults, and who signs in. */
export interface Azure {
  readonly arm: Api;
  readonly settings: SignInSettings;
  readonly subscriptionId: string;
  /** The provider's default location, where one is configured. */
  readonly location: string | undefined;
  /** The data plane of the vault with that ARM path. */
  vault(path: string, limits: Limits): Promise<Api>;
  /** An access token for an endpoint's default scope. */
  token(endpoint: string, limits: Limits): Promise<string>;
}

const VAULT_SCOPE = "https://vault.azure.net/.default";

const vaultAnswer = z.object({ properties: z.object({ vaultUri: z.url() }) });

/** Connects to the cloud of the provider's configuration. */
export async function connectAzure(configuration: PlainProperties, signal: AbortSignal): Promise<Azure> {
  const connection = await connect(configuration, signal);
  const root = connection.endpoints.resourceManager;
  const arm = connection.api(root, `${root}/.default`);
  const vaults = new Map<string, Promise<Api>>();
  const openVault = async (path: string, limits: Limits): Promise<Api> => {
    const { properties } = vaultAnswer.parse((await arm.call("GET", versioned(path, "vault"), limits)).body);
    return connection.api(properties.vaultUri.replace(/\/$/, ""), VAULT_SCOPE);
  };
  return {
    arm,
    settings: connection.settings,
    subscriptionId: subscriptionOf(configuration, process.env),
    location: textOf(configuration.location) ?? process.env.ARM_LOCATION,
    vault: (path, limits) => {
      const opened = vaults.get(path) ?? openVault(path, limits);
      vaults.set(path, opened);
      opened.catch(() => vaults.delete(path));
      return opened;
    },
    token: async (endpoint, limits) => {
      const scope = `${endpoint.replace(/\/+$/, "")}/.default`;
      return (await connection.tokens.get(scope, limits)).value;
    },
  };
}

function subscriptionOf(configuration: PlainProperties, environment: NodeJS.ProcessEnv): string {
  const found = textOf(configuration.subscriptionId) ?? environment.ARM_SUBSCRIPTION_ID;
  if (found !== undefined && found !== "") return found;
  throw new SignInSettingsError(
    "No Azure subscription is named. Set azure-native:subscriptionId or export ARM_SUBSCRIPTION_ID (`npm run -s cli -- shell-env` prints it for the local tenant).",
  );
}

function textOf(value: PlainProperties[string]): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
