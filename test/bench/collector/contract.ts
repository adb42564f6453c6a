/** What a contestant is told and what it tells. */
import { z } from "zod";

/** In env BENCH_TASK, as JSON. */
const taskSchema = z.object({
  origin: z.string(),
  login: z.string(),
  graph: z.string(),
  /** Root of the Office 365 Management Activity API. */
  manage: z.string(),
  tenantId: z.string(),
  clientId: z.string(),
  secret: z.string(),
  /** Folder of its own, for what it stores. */
  folder: z.string(),
  /** Where ours keeps the requests it made, for the raw downloader to repeat. */
  requestsFile: z.string(),
  /** Contestant's own options. */
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

/** One line of JSON on standard output, the last. */
export const figuresSchema = z.object({
  seconds: z.number(),
  /** Of that, what is left once the process has signed in: what a run costs an instance that is up. */
  syncSeconds: z.number().optional(),
  /** Of the processor, by the process. */
  cpuSeconds: z.number(),
  requests: z.number(),
  /** Of reply bodies. */
  bytes: z.number(),
  /** MiB. */
  peakRss: z.number(),
  users: z.number(),
  groups: z.number(),
  memberships: z.number(),
  /** Sign-ins and events of Exchange that were written. */
  events: z.number().default(0),
  /** Requests and items of batches answered 429. */
  throttled: z.number().default(0),
});

export type Task = z.output<typeof taskSchema>;
export type Figures = z.output<typeof figuresSchema>;
