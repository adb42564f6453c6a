/** What Resource Manager sets going outside itself: storage accounts that hold data, sites that run. */

/** The services of a storage account. */
export type StorageService = "blob" | "queue";

/** A container or a queue. */
export interface StorageItem {
  readonly name: string;
  readonly etag: string;
  /** ISO date-time, by the machine's clock. */
  readonly lastModified: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** Where the data of storage accounts lives. Names are lower-case. */
export interface StorageHost {
  /** Serves an account's data plane and answers the root URL of each service, with a slash at the end. */
  open(account: string): Promise<Readonly<Record<StorageService, string>>>;
  /** Stops serving an account and deletes its data. */
  close(account: string): Promise<void>;
  items(account: string, service: StorageService): Promise<readonly StorageItem[]>;
  item(account: string, service: StorageService, name: string): Promise<StorageItem | undefined>;
  /** Makes a container or queue; one that is there gets the metadata. */
  put(
    account: string,
    service: StorageService,
    name: string,
    metadata: Readonly<Record<string, string>>,
  ): Promise<void>;
  delete(account: string, service: StorageService, name: string): Promise<void>;
}

/** How a site is to run. */
export interface SiteHost {
  /** Gives a new site its addresses and answers their `host:port`. */
  open(siteId: string): Promise<{ readonly site: string; readonly scm: string }>;
  /** Stops a site and gives its addresses up. */
  close(siteId: string): Promise<void>;
  /** Starts the site anew with what is declared now; nothing runs before a package was published. */
  restart(siteId: string): void;
  /** The keys that open functions of level `admin` and `function`. */
  keys(siteId: string): { readonly master: string; readonly function: string };
  /** Names of the functions of the site that runs; empty when none does. */
  functions(siteId: string): Promise<readonly string[]>;
}

/** Everything that Resource Manager sets going. */
export interface Hosting {
  readonly storage: StorageHost;
  readonly sites: SiteHost;
}
