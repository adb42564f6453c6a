/**
 * What the services of the local tenant share: a journalled store, a clock that can be moved, replication,
 * token issuing and checking, and faults. Each service is a Hono app made by a function that takes a `Tenant`.
 */

/** Anything that is stored has an id that is unique within its collection. */
export interface Entity {
  readonly id: string;
}

/** When an entity was written, in milliseconds of the tenant's clock; drives replication delay. */
export interface WriteTimes {
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A set of entities with equality look-ups; iteration is in order of creation. Entities are immutable values. */
export interface Collection<T extends Entity> {
  readonly name: string;
  readonly size: number;
  get(id: string): T | undefined;
  /** Inserts the entity or replaces the one with its id; the change is journalled. */
  put(entity: T): T;
  delete(id: string): boolean;
  values(): IterableIterator<T>;
  /** Entities whose index of that name holds the value (case-insensitive). Indexes are declared when the collection is made. */
  by(index: string, value: string): readonly T[];
  times(id: string): WriteTimes | undefined;
  /** Place of an entity in the order of creation, a number from 1; the same after a restart. */
  position(id: string): number | undefined;
  /** Place of the newest entity there ever was; 0 when there was none. */
  readonly lastPosition: number;
  /** When the newest entity there ever was was created, in milliseconds of the tenant's clock; 0 when there was none. */
  readonly lastCreatedAt: number;
  /** Entities created after that place, in order of creation; those before are not visited. */
  after(position: number): IterableIterator<T>;
  /** As `by`, but only entities created after that place; those before are not visited. */
  byAfter(index: string, value: string, position: number): IterableIterator<T>;
  /** Calls the watcher after every put and delete from now on; loading and clearing are not told. */
  watch(watcher: (change: Change<T>) => void): void;
}

/** What became of an entity: created (no previous), replaced, or deleted (no next). */
export interface Change<T> {
  readonly previous: T | undefined;
  readonly next: T | undefined;
}

/** The text or texts under which an entity is found by an index; undefined leaves it out. */
export type IndexKey<T> = (entity: T) => string | readonly string[] | undefined;

/** All collections of a tenant, persisted as a snapshot and an append-only journal in the tenant's folder. */
export interface Store {
  /** The collection of that name; made (or loaded) at the first call, which also declares its indexes. */
  collection<T extends Entity>(name: string, indexes?: Readonly<Record<string, IndexKey<T>>>): Collection<T>;
  /** Empties every collection; collections and indexes already made stay usable. */
  clear(): void;
  flush(): Promise<void>;
}

/** The tenant's time: the machine's plus an offset that the admin endpoint can move, so that expiry and rotation can be shown. */
export interface Clock {
  now(): number;
  advance(milliseconds: number): void;
  /** Back to the machine's time. */
  reset(): void;
}

/** What lags behind a write, each by its own delay. */
export type ReplicationKind = "lists" | "token-endpoint" | "roles-claim" | "references" | "exchange-roles";

/** Answers whether something written at `since` has reached a place by now. */
export interface Replication {
  visible(kind: ReplicationKind, since: number): boolean;
}

/** Who calls, as the access token says. */
export interface Caller {
  readonly objectId: string;
  readonly clientId: string;
  readonly tenantId: string;
  readonly audience: string;
  readonly roles: readonly string[];
}

/** The APIs a token can be for. */
export type ApiName =
  | "graph"
  | "arm"
  | "key-vault"
  | "storage"
  | "monitor"
  | "office365-management"
  | "exchange";

/** Makes and checks access tokens (signed, expiring, with the app roles consented when it was issued). */
export interface Tokens {
  /** Throws `TokenError` with what the API's 401 says: missing, malformed, bad signature, expired, wrong audience. */
  verify(authorization: string | undefined, api: ApiName): Promise<Caller>;
}

/** The constant facts of one tenant. */
export interface TenantSettings {
  readonly tenantId: string;
  readonly domain: string;
  readonly displayName: string;
  readonly subscriptionId: string;
  /** `https://127.0.0.1:<port>`; login, Graph, ARM and the rest are paths below it (`/login`, `/graph`, `/arm`, …). */
  readonly origin: string;
  /** The git-ignored folder that holds state, certificates and logs. */
  readonly directory: string;
}

/** A fault that is switched on by the admin endpoint, for the requests that match. */
export interface Fault {
  readonly id: string;
  readonly service: string;
  readonly method?: string;
  /** A regular expression on the path. */
  readonly path?: string;
  /** A regular expression on the query, decoded and with its question mark. */
  readonly query?: string;
  /** How many matching requests are still let pass first. */
  readonly skip?: number;
  /** The status to answer with; absent: the request goes on (after `delay`) unless `drop` is set. */
  readonly status?: number;
  /** Close the connection without an answer. */
  readonly drop?: boolean;
  /** Milliseconds of real time to wait first. */
  readonly delay?: number;
  /** Spoils the reply that would have been given. */
  readonly reply?: SpoiledReply;
  readonly retryAfter?: string;
  /** Seconds from now, sent as a Retry-After that is a date. */
  readonly retryAfterDate?: number;
  readonly code?: string;
  readonly message?: string;
  /** How many matching requests are still to fail; absent: until cleared. */
  readonly remaining?: number;
}

/**
 * How a good reply is spoiled: the connection is reset within the body; the JSON ends early or is malformed; 200 with an
 * error as body; and of pages: an empty one that leads to the real one, half of one that leads to the rest, the same page
 * twice, a page before the one that it follows, a next link that leads to itself.
 */
export type SpoiledReply =
  | "reset"
  | "truncated"
  | "malformed"
  | "error-in-200"
  | "empty-page"
  | "short-page"
  | "duplicate-page"
  | "swapped-pages"
  | "looping-link";

/** An app that answers requests as `fetch` does; a Hono app is one. */
export interface FetchApp {
  fetch(request: Request): Response | Promise<Response>;
}

/** Services that need an origin of their own: a key vault is reached at a port, not below a path. */
export interface Ports {
  /**
   * Serves the app at a port of its own and answers the origin (`https://127.0.0.1:<port>`). The port is kept over
   * restarts; opening an open name replaces its app. A vault's name is also reached as `<name>.vault.azure.net` by
   * proxy; other services prefix theirs: `storage/<account>/blob`, `site/<name>`, `scm/<name>`.
   */
  open(name: string, app: FetchApp): Promise<string>;
  /** Stops serving and gives the port up. */
  close(name: string): Promise<void>;
  /** The origin of a name that is or was open; undefined when it never was or was closed. */
  origin(name: string): string | undefined;
}

/** Everything a service needs. */
export interface Tenant {
  readonly settings: TenantSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly replication: Replication;
  readonly tokens: Tokens;
  readonly ports: Ports;
}
