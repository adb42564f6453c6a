/** What a reader did so far, and what it tells a log about single requests. */
import type { GraphFigures } from "./client";

export class Counters implements GraphFigures {
  requests = 0;
  throttled = 0;
  retries = 0;
  bytes = 0;
}

/** Something about a request that is worth a line: an attempt that failed and what follows. Never holds data or tokens. */
export interface GraphEvent {
  readonly event: "retry" | "throttled" | "failed" | "token-renewed";
  /** Path without query. */
  readonly path: string;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly message: string;
  /** Until the next attempt. */
  readonly waitMilliseconds?: number | undefined;
}

export type GraphLog = (event: GraphEvent) => void;

/** The path of a URL: query strings may hold names and tokens. */
export const pathOf = (url: string): string => {
  const end = url.search(/[?#]/);
  const bare = end < 0 ? url : url.slice(0, end);
  return bare.replace(/^https?:\/\/[^/]+/, "").replace(/^.*\/(?=(v1\.0|beta)\/)/, "/");
};
