/** How a stream stands: kept in one status blob a stream, shown by `sync`, `collect`, `npm start` and reports. */
import { z } from "zod";
import { streamNames } from "./stream-names";

/**
 * `queued`: a work item waits. `syncing`: runs, or was stopped and will resume. `interrupted`: its run is no more, and the
 * next one resumes it; never written, but said by who reads (see `readStanding`). `connected`: the last run is complete.
 * `degraded`: complete but for what the tenant does not offer (for example no P1/P2). `error`: the last run is not
 * complete; `problem` names what is missing and the last committed state stands.
 */
const stateSchema = z.enum(["queued", "syncing", "interrupted", "connected", "degraded", "error"]);

/** Why a stream is not, or not wholly, connected. */
const problemSchema = z.object({
  code: z.enum([
    "permission-missing",
    "consent-revoked",
    "sign-in-failed",
    "license-missing",
    "not-offered",
    "throttled",
    "service-failed",
    "malformed-reply",
    "storage-failed",
    "configuration",
    "deadline",
    /** The run was cut off and nothing was heard of it since: the state is `interrupted`. */
    "interrupted",
    /** Events can't be had any more, or not yet: records of type `gap` name from when to when. */
    "gap",
    "internal",
  ]),
  /** One sentence: what is wrong and what is missing because of it. */
  message: z.string(),
  /** What to do next, one sentence. */
  next: z.string(),
  /** The permission that is missing, where one is. */
  permission: z.string().optional(),
  /** The service's request id, where the service answered. */
  requestId: z.string().optional(),
});

/** What one run did. */
const runSchema = z.object({
  runId: z.string(),
  /** `full`: everything was read. `increment`: only changes since the last commit. `resync`: everything, differences kept. */
  kind: z.enum(["full", "increment", "resync"]),
  startedAt: z.string(),
  /** ISO date-time; absent while it runs. */
  endedAt: z.string().optional(),
  /** Records written, tombstones among them. */
  records: z.number(),
  tombstones: z.number(),
  requests: z.number(),
  throttled: z.number(),
  retries: z.number(),
  /** Of work, milliseconds: over all attempts of the run. */
  milliseconds: z.number(),
  /** How often the run was resumed from a savepoint. */
  resumed: z.number(),
});

export const streamStatusSchema = z.object({
  connector: z.string(),
  stream: z.enum(streamNames),
  state: stateSchema,
  problem: problemSchema.optional(),
  /** The run under way, or the last one. */
  run: runSchema.optional(),
  /** ISO date-time of the last commit. */
  lastSuccess: z.string().optional(),
  /** ISO date-time. */
  updatedAt: z.string(),
});

export type StreamState = z.output<typeof stateSchema>;
export type Problem = z.output<typeof problemSchema>;
export type RunFigures = z.output<typeof runSchema>;
export type StreamStatus = z.output<typeof streamStatusSchema>;
