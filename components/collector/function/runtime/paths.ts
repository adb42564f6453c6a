/** Where the blobs of a stream are. The README beside index.ts describes them. */
import { randomBytes } from "node:crypto";

/** Everything of one stream, in either container; ends in a slash. */
export const streamPrefix = (connector: string, stream: string): string => `${connector}/${stream}/`;

/**
 * What reports keep of a connector by day in the state container: what was found in its streams. Beside the streams, so that
 * the name is none of a stream's.
 */
export const assessmentsPrefix = (connector: string): string => `${connector}/assessments/`;

/** The blobs of the state container. */
export function statePaths(connector: string, stream: string) {
  const prefix = streamPrefix(connector, stream);
  return {
    commit: `${prefix}checkpoint.json`,
    savepoint: `${prefix}run.json`,
    status: `${prefix}status.json`,
    lock: `${prefix}lock`,
    index: `${prefix}index/`,
  };
}

/** Sorts by time; the end tells runs of one second apart. */
export function newRunId(now: Date): string {
  const instant = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${instant}-${randomBytes(3).toString("hex")}`;
}

/** The folder of a run's parts in the data container, partitioned by the day on which the run began. */
export function runFolder(connector: string, stream: string, startedAt: string, runId: string): string {
  const [year, month, day] = startedAt.slice(0, 10).split("-");
  return `${streamPrefix(connector, stream)}${year}/${month}/${day}/${runId}/`;
}

/** The manifest of a committed run; there is none in the folder of a run that is not committed. */
export const manifestPath = (folder: string): string => `${folder}manifest.json`;

/**
 * The name of the n-th part or segment that an attempt writes. Attempts of one run never write the same name, so one
 * that was taken for dead and is not can spoil nothing.
 */
export function numbered(kind: "part" | "segment", attempt: number, number: number): string {
  const digits = String(number).padStart(5, "0");
  return attempt === 1 ? `${kind}-${digits}` : `${kind}-${attempt}-${digits}`;
}
