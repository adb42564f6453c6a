/** The documents of one stream in one connector, as one attempt reads and writes them. */
import { type StreamStatus, streamStatusSchema } from "../model/status";
import type { StreamName } from "../model/stream-names";
import type { BlobStore, CollectorStore } from "../storage/store";
import { GuardedDocument, MalformedDocumentError } from "./document";
import { type Commit, commitSchema, type Savepoint, savepointSchema } from "./documents";
import { statePaths } from "./paths";

export class StreamDocuments {
  readonly paths: ReturnType<typeof statePaths>;
  readonly commit: GuardedDocument<Commit>;
  readonly savepoint: GuardedDocument<Savepoint>;

  constructor(
    readonly store: CollectorStore,
    readonly connector: string,
    readonly stream: StreamName,
  ) {
    this.paths = statePaths(connector, stream);
    this.commit = new GuardedDocument<Commit>(store.state, this.paths.commit, commitSchema);
    this.savepoint = new GuardedDocument<Savepoint>(store.state, this.paths.savepoint, savepointSchema);
  }

  /**
   * A savepoint that can't be read, of another version for example, is none: its run begins anew.
   * @throws MalformedDocumentError when the commit can't be read
   */
  async read(): Promise<void> {
    const savepoint = this.savepoint.read().catch((error: unknown) => {
      if (!(error instanceof MalformedDocumentError)) throw error;
    });
    await Promise.all([this.commit.read(), savepoint]);
  }

  status(): Promise<StreamStatus | undefined> {
    return readStatus(this.store.state, this.connector, this.stream);
  }

  async writeStatus(status: StreamStatus): Promise<void> {
    await this.store.state.write(this.paths.status, Buffer.from(JSON.stringify(status)));
  }
}

/** The status of a stream; undefined when it never ran. One that can't be read is as good as none. */
export async function readStatus(
  state: BlobStore,
  connector: string,
  stream: StreamName,
): Promise<StreamStatus | undefined> {
  const blob = await state.read(statePaths(connector, stream).status);
  if (blob === undefined) return undefined;
  try {
    return streamStatusSchema.parse(JSON.parse(blob.bytes.toString("utf8")));
  } catch {
    return undefined;
  }
}
