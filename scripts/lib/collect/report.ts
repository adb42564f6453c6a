/** What a collection came to, in plain values: printed as JSON, turned to text by `text.ts`. */
import type { StreamStatus } from "../../../components/collector/function/model/status";

/** A command's result. */
export interface CollectReport {
  readonly where: "this machine" | "function app";
  /** The folder, or the function app's name. */
  readonly place: string;
  readonly streams: readonly StreamStatus[];
  /** Connectors that were left out, and why. */
  readonly leftOut: readonly LeftOut[];
}

export interface LeftOut {
  readonly connector: string;
  readonly reason: string;
}

/** What the exit code says; named in the help of the commands. */
export const exitCodes = { complete: 0, notComplete: 2, degraded: 3 } as const;

/** The worst that happened decides. */
export function exitCodeOf(streams: readonly StreamStatus[]): number {
  if (streams.some(({ state }) => state !== "connected" && state !== "degraded"))
    return exitCodes.notComplete;
  return streams.some(({ state }) => state === "degraded") ? exitCodes.degraded : exitCodes.complete;
}

/** Whether a stream's run is over, one way or another; one that was interrupted still has to be resumed. */
export function hasEnded({ state }: StreamStatus): boolean {
  return state !== "queued" && state !== "syncing" && state !== "interrupted";
}
