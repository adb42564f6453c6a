/** Queues of a storage connection, as app settings name it (page "Azure Queue storage trigger", identity-based connections). */
import type {
  QueueServiceClient as QueueServiceClientType,
  StoragePipelineOptions,
} from "@azure/storage-queue";
import type { ManagedIdentity } from "../settings/managed-identity";

/** The settings of a connection do not say how to reach the storage account. */
class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** Opens the queue service of the connection of that name. @throws ConnectionError */
export function openQueueService(
  connection: string,
  settings: Readonly<Record<string, string>>,
  identity: ManagedIdentity,
  certificateAuthorities: readonly string[],
): QueueServiceClientType {
  // Loaded when an app has queues: it costs a quarter of a second, and the tenant starts without any app.
  const { QueueServiceClient } = require("@azure/storage-queue") as typeof import("@azure/storage-queue");
  const options: StoragePipelineOptions & { tlsOptions: { ca: string[] } } = {
    retryOptions: { maxTries: 2 },
    tlsOptions: { ca: [...certificateAuthorities] },
  };
  const connectionString = settings[connection];
  if (connectionString !== undefined)
    return QueueServiceClient.fromConnectionString(connectionString, options);
  const account = settings[`${connection}__accountName`];
  const uri =
    settings[`${connection}__queueServiceUri`] ??
    (account === undefined ? undefined : `https://${account}.queue.core.windows.net`);
  if (uri === undefined)
    throw new ConnectionError(
      `The connection ${connection} needs the app setting ${connection}__queueServiceUri or ${connection}__accountName.`,
    );
  const clientId = settings[`${connection}__clientId`];
  const credential = { getToken: () => identity.token("https://storage.azure.com/", { clientId }) };
  return new QueueServiceClient(uri, credential, options);
}
