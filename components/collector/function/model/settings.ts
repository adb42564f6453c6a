/**
 * What the stack tells the function app, as one app setting: plain values, no secret. Written by the CollectorFunction
 * component, parsed once when the app starts.
 */
import { z } from "zod";
import { streamNames } from "./stream-names";

/** Name of the app setting that holds `CollectorSettings` as JSON. */
export const settingsName = "COLLECTOR_SETTINGS";
/** Name of the app setting that holds the timer's schedule, a six-field NCRONTAB expression. */
export const scheduleName = "COLLECTOR_SCHEDULE";
/** Prefix of the platform's own identity-based connection to the app's storage; also used by the queue triggers. */
export const storageConnection = "AzureWebJobsStorage";

/** Names of what the stack makes in the storage account. */
export const containers = { data: "data", state: "state", deployment: "deployment" } as const;
export const queues = { work: "work", poison: "work-poison" } as const;

/** Days after which the storage's rule deletes what was collected, unless the stack says otherwise. */
export const defaultRetentionDays = 30;

/** The endpoints of a connector's cloud and what client libraries must be told about them. */
const cloudSchema = z.object({
  name: z.string(),
  /** Microsoft Entra login endpoint, without trailing slash. */
  login: z.url(),
  /** Microsoft Graph root, without version. */
  graph: z.url(),
  /** Root of the Office 365 Management Activity API; absent where the cloud has none. */
  o365Management: z.url().optional(),
  /** Audience of the managed identity's token that stands as the connector's assertion. */
  federatedAudience: z.string(),
  /** Ask Microsoft's instance discovery whether the authority is known. */
  instanceDiscovery: z.boolean(),
  /** Hosts beyond Microsoft's to which a Graph token may be sent. */
  graphHosts: z.array(z.string()),
});

/** How the function app signs in as the connector's application. */
const credentialSchema = z.discriminatedUnion("kind", [
  /** By the app's managed identity, trusted by the application: the tenants are the same. */
  z.object({ kind: z.literal("federated") }),
  /** By a certificate whose key never leaves the vault: the connector's tenant is another one. */
  z.object({ kind: z.literal("certificate"), vaultUri: z.url(), certificateName: z.string() }),
]);

const filtersSchema = z.object({
  /** Display names of groups whose members (nested too) are service accounts and not collected. */
  excludedServiceAccountGroups: z.array(z.string()).default([]),
  /** Groups that are synchronized from an on-premises directory are not collected. */
  skipOnPremisesGroups: z.boolean().default(false),
});

/** Kinds of sign-ins, as Graph's `signInEventTypes` tells them apart. */
export const signInKinds = ["interactive", "nonInteractive", "servicePrincipal", "managedIdentity"] as const;

/** What a connector collects of the streams of events. */
export const eventSettings = z.object({
  signIns: z
    .object({
      failed: z.boolean().default(true),
      successful: z.boolean().default(true),
      kinds: z.array(z.enum(signInKinds)).default(["interactive"]),
    })
    .prefault({}),
  /** Keeps every event of the Exchange feed; off: only access by others than the owner, where that is on. */
  exchangeActivity: z.boolean().default(true),
  /** Selects from the Exchange feed who used a mailbox that is not theirs. */
  nonOwnerMailboxAccess: z.boolean().default(false),
  /** Principal names of accounts that no person uses, `*` for any text: labelled where they used a mailbox. */
  serviceAccounts: z.array(z.string()).default([]),
  /** GUID that the Management Activity API counts requests by; default the connector's tenant. */
  publisherIdentifier: z.guid().optional(),
});

const connectorSchema = z.object({
  /** The name in blobs, work items and logs. */
  slug: z.string(),
  /** Display name of the app registration. */
  name: z.string(),
  /** GUID of the connector's tenant. */
  tenantId: z.string(),
  /** Application (client) id of the connector. */
  clientId: z.string(),
  cloud: cloudSchema,
  credential: credentialSchema,
  /** What is collected; a stream that the connector's permissions do not cover is not in the list. */
  streams: z.array(z.enum(streamNames)),
  filters: filtersSchema,
  /** Reads users' last sign-in: needs AuditLog.Read.All and Entra ID P1 or P2. */
  signInActivity: z.boolean().default(false),
  /** What is collected of the streams of events. */
  events: eventSettings.prefault({}),
});

/** Everything the function app is told. */
export const collectorSettingsSchema = z.object({
  stack: z.string(),
  /** `collect`: reads on schedule. `provision`: serves read-write entries; idle until something is to be provisioned. */
  mode: z.enum(["collect", "provision"]),
  /** Client id of the user-assigned identity that the app runs as. */
  identityClientId: z.string(),
  storage: z.object({
    /** `https://<account>.blob.core.windows.net`, or wherever the account's blob service is; no trailing slash. */
    blobServiceUri: z.url(),
    queueServiceUri: z.url(),
    /** After so many days the storage's rule deletes parts. */
    retentionDays: z.number().int().positive().default(defaultRetentionDays),
  }),
  connectors: z.array(connectorSchema),
});

export type CollectorSettings = z.output<typeof collectorSettingsSchema>;
export type ServedConnector = z.output<typeof connectorSchema>;
export type EventSettings = z.output<typeof eventSettings>;
export type SignInKind = (typeof signInKinds)[number];
export type ConnectorFilters = z.output<typeof filtersSchema>;
