import type { PlainProperties } from "../../../../components/plugin/serve";
import { Api } from "./api";
import { discover, type Endpoints } from "./discovery";
import { type SignInSettings, signInSettings } from "./settings";
import type { Limits } from "./time";
import { Tokens } from "./tokens";
import { Transport } from "./transport";

const CONNECT_MILLISECONDS = 60_000;

/** A signed-in connection to a cloud; APIs of it are made by scope. */
export interface Connection {
  readonly settings: SignInSettings;
  readonly endpoints: Endpoints;
  readonly tokens: Tokens;
  readonly transport: Transport;
  api(root: string, scope: string): Api;
}

/** Discovers the cloud behind the metadata host; the token of each API is fetched at its first call. */
export async function connect(configuration: PlainProperties, signal: AbortSignal): Promise<Connection> {
  const settings = signInSettings(configuration);
  const transport = new Transport();
  const limits: Limits = { signal, deadline: Date.now() + CONNECT_MILLISECONDS };
  const endpoints = await discover(transport, settings.metadataHost, limits);
  const tokens = new Tokens(transport, endpoints.login, settings);
  return {
    settings,
    endpoints,
    tokens,
    transport,
    api: (root, scope) => new Api(root, scope, transport, tokens),
  };
}
