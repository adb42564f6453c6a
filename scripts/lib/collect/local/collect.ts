/** Collects in this process, into a folder: the same streams, runtime and Graph client as the function app's. */
import { setMaxListeners } from "node:events";
import { openReaders } from "../../../../components/collector/function/management-activity/readers";
import type { ServedConnector } from "../../../../components/collector/function/model/settings";
import type { StreamStatus } from "../../../../components/collector/function/model/status";
import type { StreamName } from "../../../../components/collector/function/model/stream-names";
import { runStream } from "../../../../components/collector/function/runtime/run-stream";
import { openFolderStore } from "../../../../components/collector/function/storage/folder-store";
import type { CollectorStore } from "../../../../components/collector/function/storage/store";
import { streams } from "../../../../components/collector/function/streams";
import type { StackOutputs } from "../../../../infra/outputs";
import { cloudOf } from "../../azure/credential";
import { type SignIn, signInOf } from "../../connection/sign-in";
import { UserError } from "../../errors";
import type { Report } from "../board";
import type { CollectReport, LeftOut } from "../report";
import { type Subject, servedConnector } from "../subjects";

/** Streams of one connector that are read at a time: more would only wait for the same budget. */
const parallelStreams = 4;
const federatedReason =
  "its credential belongs to the function app alone. Add --deployed to have that collect, or give it a client secret.";

/** A connector that this machine can sign in as. */
interface Ready {
  readonly subject: Subject;
  readonly connector: ServedConnector;
  readonly signIn: SignIn;
}

export interface LocalPlan {
  readonly ready: readonly Ready[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Finds the credentials.
 * @throws UserError when there is none at all
 */
export async function planLocal(subjects: readonly Subject[], outputs: StackOutputs): Promise<LocalPlan> {
  const ready: Ready[] = [];
  const leftOut: LeftOut[] = [];
  for (const subject of subjects) {
    const cloud = await cloudOf(subject.connector.cloud, subject.connector.settings.graphDomain);
    const signIn = await signInOf(subject.connector, outputs, cloud);
    if (signIn === undefined) leftOut.push({ connector: subject.slug, reason: federatedReason });
    else ready.push({ subject, connector: servedConnector(subject, cloud), signIn });
  }
  if (ready.length > 0) return { ready, leftOut };
  const names = subjects.map(({ connector }) => connector.manifest.name).join(", ");
  throw new UserError(`${names} can't be collected from here: no credential of it may leave its place.`, {
    next: "Have the function app collect: add --deployed.",
  });
}

/** How a local collection runs. */
export interface LocalOptions {
  readonly folder: string;
  readonly resync: boolean;
  readonly signal: AbortSignal;
  readonly report: Report;
}

/** Runs every stream of the plan; what goes wrong is in its status. */
export async function collectLocally(
  { ready, leftOut }: LocalPlan,
  options: LocalOptions,
): Promise<CollectReport> {
  // Every request of every stream listens to it.
  setMaxListeners(0, options.signal);
  const store = openFolderStore(options.folder);
  const results = await Promise.all(ready.map((one) => collectOne(one, store, options)));
  return { where: "this machine", place: options.folder, streams: results.flat(), leftOut };
}

async function collectOne(
  { subject, connector, signIn }: Ready,
  store: CollectorStore,
  options: LocalOptions,
): Promise<StreamStatus[]> {
  const credential = signIn.fresh();
  const waiting = [...subject.streams];
  const done = new Map<StreamName, StreamStatus>();
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      done.set(name, options.signal.aborted ? untouched(connector.slug, name) : await run(name));
    }
  };
  const run = async (name: StreamName): Promise<StreamStatus> => {
    const { signal, resync, report } = options;
    const status = await runStream({
      stream: streams[name],
      connector,
      ...openReaders({ connector, credential, signal }),
      store,
      resync,
      signal,
      onProgress: report,
    });
    report(status);
    return status;
  };
  await Promise.all(Array.from({ length: parallelStreams }, work));
  return subject.streams.flatMap((name) => done.get(name) ?? []);
}

/** A stream that was not begun when the command was interrupted. */
function untouched(connector: string, stream: StreamName): StreamStatus {
  return { connector, stream, state: "queued", updatedAt: new Date().toISOString() };
}
