/** What a purge deleted. */
export interface Purged {
  readonly connector: string;
  readonly stream: string;
  /** Blobs, or files. */
  readonly blobs: number;
}
