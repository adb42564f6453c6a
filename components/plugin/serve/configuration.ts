import pluginProto from "@pulumi/pulumi/proto/plugin_pb";
import provider from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { difference } from "./difference";
import type { Plugin } from "./plugin";
import { schemaOf } from "./schema";
import type { Session } from "./session";
import { refusals } from "./validation";
import { decode, encode, type PlainProperties, type Properties, reveal } from "./values";

/** Settings that every explicit provider resource carries beside its own. */
const ENGINE_SETTINGS = new Set(["version", "pluginDownloadURL"]);

/** What the engine learns at its first contact: secrets are understood, resource references are not. */
export function handshake(): provider.ProviderHandshakeResponse {
  const response = new provider.ProviderHandshakeResponse();
  response.setAcceptSecrets(true);
  response.setAcceptResources(false);
  response.setAcceptOutputs(false);
  response.setSupportsAutonamingConfiguration(false);
  return response;
}

/** The engine gives its own address when it attaches to a plugin that runs already; nothing here calls back. */
export function attach(): Empty {
  return new Empty();
}

/** The plugin's version. */
export function getPluginInfo(plugin: { readonly version: string }): pluginProto.PluginInfo {
  const response = new pluginProto.PluginInfo();
  response.setVersion(plugin.version);
  return response;
}

/** The package schema as JSON. */
export function getSchema<Client>(plugin: Plugin<Client>): provider.GetSchemaResponse {
  const response = new provider.GetSchemaResponse();
  response.setSchema(JSON.stringify(schemaOf(plugin)));
  return response;
}

/** Refuses a provider configuration with unknown or wrong settings. */
export function checkConfig<Client>(
  session: Session<Client>,
  request: provider.CheckRequest,
): provider.CheckResponse {
  const news = ownSettings(session.plugin, decode(request.getNews()));
  const response = new provider.CheckResponse();
  response.setInputs(encode(news));
  response.setFailuresList(
    refusals(settingsIn(news), session.plugin.configuration).map(({ property, reason }) => {
      const failure = new provider.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

/** Tells whether the provider's configuration changed; a change never replaces what it manages. */
export function diffConfig(request: provider.DiffRequest): provider.DiffResponse {
  const olds = request.getOldInputs() ?? request.getOlds();
  const changes = difference(settingsIn(decode(olds)), settingsIn(decode(request.getNews())));
  const response = new provider.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
  response.setChanges(changes.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setDiffsList(changes.map((change) => change.path));
  return response;
}

/** Takes the configuration; the client is made when the first operation needs it. */
export function configure<Client>(
  session: Session<Client>,
  request: provider.ConfigureRequest,
): provider.ConfigureResponse {
  session.configure(settingsIn(decode(request.getArgs())));
  const response = new provider.ConfigureResponse();
  response.setAcceptsecrets(true);
  response.setSupportspreview(true);
  response.setAcceptresources(false);
  response.setAcceptoutputs(false);
  return response;
}

function ownSettings<Client>(plugin: Plugin<Client>, settings: Properties): Properties {
  if (plugin.sharesNamespace !== true) return settings;
  const own = Object.entries(settings).filter(
    ([name]) => name in plugin.configuration.shape || ENGINE_SETTINGS.has(name),
  );
  return Object.fromEntries(own);
}

function settingsIn(configuration: Properties): PlainProperties {
  const plain = Object.entries(reveal(configuration));
  return Object.fromEntries(plain.filter(([name]) => !ENGINE_SETTINGS.has(name)));
}
