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
  /** Serves an account's data plane. */
  open(account: string): Promise<void>;
  /** The root URL of each service of an account that is open, with a slash at the end. */
  endpoints(account: string): Readonly<Record<StorageService, string>>;
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

/** A function of a package that runs. */
export interface HostedFunction {
  readonly name: string;
  readonly bindings: readonly Readonly<Record<string, unknown>>[];
  /** Path of an HTTP function. */
  readonly path?: string;
}

/** How sites are run. Names are lower-case. */
export interface SiteHost {
  /** Gives a site its addresses. */
  open(site: string): Promise<void>;
  /** `host:port` of a site that is open, and of the one that its code is pushed to. */
  addresses(site: string): { readonly site: string; readonly scm: string };
  /** Stops a site, gives its addresses up and forgets what was published. */
  close(site: string): Promise<void>;
  /** Runs what was published with what is declared now; nothing where nothing changed, unless `anew`. */
  refresh(site: string, anew?: boolean): void;
  /** The keys that open functions of level `admin` and `function`. */
  keys(site: string): { readonly master: string; readonly function: string };
  /** The functions of the package; empty when none runs. */
  functions(site: string): readonly HostedFunction[];
}

/** Everything that Resource Manager sets going. */
export interface Hosting {
  readonly storage: StorageHost;
  readonly sites: SiteHost;
}
