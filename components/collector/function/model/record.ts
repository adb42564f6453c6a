/**
 * What the collector stores: changes to objects and relations of a tenant. One change is one line of NDJSON.
 */

/** A kind of record. The key of a child begins with its parent's key and a slash: `<group id>/<member id>`. */
export interface RecordType {
  /** For example `user` or `groupMember`. */
  readonly type: string;
  /** Raised whenever the shape of `data` changes; written into every record. */
  readonly schemaVersion: number;
  /** The type of the parent: a parent's tombstone ends all its children, which get none of their own. */
  readonly parent?: string;
  /**
   * Something that happened: it is collected once and never changes or goes. All types of a stream are events, or none.
   * `data` carries `at`, an ISO date-time in UTC, the same whenever the event is read.
   */
  readonly event?: true;
  /** An event whose `at` may differ from reading to reading: its key is remembered for good. Few are of such types. */
  readonly undated?: true;
  /** An event that is remembered and not written: what was read, not what it held. */
  readonly marker?: true;
}

/** An object or relation as it is now, or, without data, the news that it is gone. */
export interface RecordChange {
  readonly type: string;
  /** Unique within the type. */
  readonly key: string;
  /** Null: a tombstone. May be `WritesJson`, valid until the step that holds it is taken. */
  readonly data: object | null;
}
