/** A message of the work queue: one connector, one stream. */
import { z } from "zod";
import { streamNames } from "./stream-names";

export const workItemSchema = z.strictObject({
  version: z.literal(1),
  /** Slug of the connector. */
  connector: z.string().min(1),
  stream: z.enum(streamNames),
  /** Read everything although a checkpoint exists; only real differences are written. */
  resync: z.boolean().default(false),
  /** Who asked: the timer, `sync`, or the run before that reached its deadline. */
  reason: z.enum(["schedule", "request", "continuation"]),
  /** ISO date-time of the request. */
  requestedAt: z.string(),
});

export type WorkItem = z.output<typeof workItemSchema>;
