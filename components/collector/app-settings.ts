/** What the function app is told: COLLECTOR_SETTINGS and the settings that the platform reads. */
import * as pulumi from "@pulumi/pulumi";
import { byText } from "../permissions/planning/requirement";
import {
  type CollectorSettings,
  scheduleName,
  settingsName,
  storageConnection,
} from "./function/model/settings";

/** The cloud of a served connector's tenant. */
export interface ServedCloudArgs {
  name: string;
  /** Microsoft Entra login endpoint, without trailing slash. */
  login: string;
  /** Microsoft Graph root, without version. */
  graph: string;
  /** Root of the Office 365 Management Activity API. @default the cloud has none: exchange-activity can't be collected */
  o365Management?: string;
  /** Audience of the identity's token that stands as the connector's assertion. */
  federatedAudience: string;
  /** Ask Microsoft's instance discovery whether the authority is known. */
  instanceDiscovery: boolean;
  /** Hosts beyond Microsoft's to which a Graph token may be sent. */
  graphHosts: string[];
}

/** A certificate that a vault signs with. */
export interface ServedCertificateArgs {
  /** For example `https://kv-contoso.vault.azure.net/`. */
  vaultUri: pulumi.Input<string>;
  /** Name of the current certificate in the vault. */
  certificateName: pulumi.Input<string>;
}

/** What is collected of the streams of events. */
export interface CollectedEventsArgs {
  /** Which sign-ins. @default failed and successful, interactive */
  signIns?: CollectedSignInsArgs;
  /** Every event of the Exchange feed. @default true */
  exchangeActivity?: boolean;
  /** Of the Exchange feed, who used a mailbox that is not theirs. @default false */
  nonOwnerMailboxAccess?: boolean;
  /** Principal names of service accounts, `*` for any text: labelled where they used a mailbox. @default none */
  serviceAccounts?: string[];
  /** GUID that the Management Activity API counts requests by. @default the connector's tenant */
  publisherIdentifier?: string;
}

/** Which sign-ins are collected. */
interface CollectedSignInsArgs {
  failed: boolean;
  successful: boolean;
  /** Of `interactive`, `nonInteractive`, `servicePrincipal`, `managedIdentity`. */
  kinds: string[];
}

/** One connector that a function app signs in as. */
export interface ServedConnectorArgs {
  /** The name in blobs, work items and logs. */
  slug: string;
  /** Display name of the app registration. */
  name: string;
  /** GUID of the connector's tenant. */
  tenantId: string;
  /** Application (client) id of the connector. */
  clientId: pulumi.Input<string>;
  cloud: ServedCloudArgs;
  /** @default the app's identity, which the application must trust by a federated credential */
  certificate?: ServedCertificateArgs;
  /** Names of the collector's streams. */
  streams: string[];
  /** Display names of groups whose members are not collected. @default none */
  excludedServiceAccountGroups?: string[];
  /** Groups from an on-premises directory are not collected. @default false */
  skipOnPremisesGroups?: boolean;
  /** Read users' last sign-in. @default false */
  signInActivity?: boolean;
  /** What is collected of the streams of events. @default as each part says */
  events?: CollectedEventsArgs;
}

/** What the app's settings are made of. */
export interface AppSettingsSource {
  readonly mode: CollectorSettings["mode"];
  readonly schedule: string;
  readonly identityClientId: pulumi.Input<string>;
  readonly blobServiceUri: pulumi.Input<string>;
  readonly queueServiceUri: pulumi.Input<string>;
  /** After so many days the storage's rule deletes what was collected. */
  readonly retentionDays: number;
  readonly insightsConnectionString: pulumi.Input<string>;
  readonly connectors: readonly ServedConnectorArgs[];
}

/** Every app setting, sorted as the platform lists them: by name. No value is a secret. */
export function appSettings(source: AppSettingsSource): { name: string; value: pulumi.Input<string> }[] {
  const { identityClientId, blobServiceUri, queueServiceUri } = source;
  const settings: Readonly<Record<string, pulumi.Input<string>>> = {
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: pulumi.interpolate`ClientId=${identityClientId};Authorization=AAD`,
    APPLICATIONINSIGHTS_CONNECTION_STRING: source.insightsConnectionString,
    AZURE_CLIENT_ID: identityClientId,
    [`${storageConnection}__blobServiceUri`]: blobServiceUri,
    [`${storageConnection}__clientId`]: identityClientId,
    [`${storageConnection}__credential`]: "managedidentity",
    [`${storageConnection}__queueServiceUri`]: queueServiceUri,
    [scheduleName]: source.schedule,
    [settingsName]: pulumi.jsonStringify(collectorSettings(source)),
  };
  return Object.entries(settings)
    .map(([name, value]) => ({ name, value }))
    .sort(byText(({ name }) => name));
}

/** The shape that `collectorSettingsSchema` describes, with values that the deployment still computes. */
function collectorSettings(source: AppSettingsSource) {
  const { blobServiceUri, queueServiceUri, retentionDays } = source;
  return {
    stack: pulumi.getStack(),
    mode: source.mode,
    identityClientId: source.identityClientId,
    storage: { blobServiceUri, queueServiceUri, retentionDays },
    connectors: source.connectors.map(servedConnector),
  };
}

function servedConnector({ certificate, ...connector }: ServedConnectorArgs) {
  return {
    slug: connector.slug,
    name: connector.name,
    tenantId: connector.tenantId,
    clientId: connector.clientId,
    cloud: connector.cloud,
    credential: certificate === undefined ? { kind: "federated" } : { kind: "certificate", ...certificate },
    streams: connector.streams,
    filters: {
      excludedServiceAccountGroups: connector.excludedServiceAccountGroups ?? [],
      skipOnPremisesGroups: connector.skipOnPremisesGroups ?? false,
    },
    signInActivity: connector.signInActivity ?? false,
    events: connector.events ?? {},
  };
}
