/** The parts of Azurite that its process uses; the package has no declarations of its own. */

declare module "azurite/dist/src/common/AccountDataStore" {
  /** Which accounts exist, and their keys. */
  class AccountDataStore {
    getAccount(name: string): { readonly name: string; readonly key1: Buffer } | undefined;
  }
  export default AccountDataStore;
}

declare module "azurite/dist/src/common/Server" {
  /** What the servers of all services have in common. */
  export interface Server {
    start(): Promise<void>;
    close(): Promise<void>;
    getHttpServerAddress(): string;
  }
  /** Positional arguments of a service's configuration. */
  export type ConfigurationArguments = [
    host: string,
    port: number,
    keepAliveTimeout: number,
    metadataDatabase: string,
    extentDatabase: string,
    persistence: readonly { locationId: string; locationPath: string; maxConcurrency: number }[],
    enableAccessLog: boolean,
    accessLog: undefined,
    enableDebugLog: boolean,
    debugLog: undefined,
    loose: boolean,
    skipApiVersionCheck: boolean,
    certificateFile: string,
    keyFile: string,
    password: string,
    oauth: "basic",
  ];
}

declare module "azurite/dist/src/blob/BlobConfiguration" {
  import type { ConfigurationArguments } from "azurite/dist/src/common/Server";

  class BlobConfiguration {
    constructor(...values: ConfigurationArguments);
  }
  export default BlobConfiguration;
}

declare module "azurite/dist/src/blob/BlobServer" {
  import type BlobConfiguration from "azurite/dist/src/blob/BlobConfiguration";
  import type { Server } from "azurite/dist/src/common/Server";

  class BlobServer implements Server {
    constructor(configuration: BlobConfiguration);
    start(): Promise<void>;
    close(): Promise<void>;
    getHttpServerAddress(): string;
  }
  export default BlobServer;
}

declare module "azurite/dist/src/queue/QueueConfiguration" {
  import type { ConfigurationArguments } from "azurite/dist/src/common/Server";

  class QueueConfiguration {
    constructor(...values: ConfigurationArguments);
  }
  export default QueueConfiguration;
}

declare module "azurite/dist/src/queue/QueueServer" {
  import type { Server } from "azurite/dist/src/common/Server";
  import type QueueConfiguration from "azurite/dist/src/queue/QueueConfiguration";

  class QueueServer implements Server {
    constructor(configuration: QueueConfiguration);
    start(): Promise<void>;
    close(): Promise<void>;
    getHttpServerAddress(): string;
  }
  export default QueueServer;
}
