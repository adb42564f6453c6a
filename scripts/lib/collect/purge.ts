import { z } from "zod";

/** What a purge did to one stream. */
export const purgedSchema = z.object({
  connector: z.string(),
  stream: z.string(),
  /** Blobs, or files, that were deleted. */
  blobs: z.number().default(0),
  /** A run holds the stream, so nothing of it was deleted. */
  busy: z.boolean().default(false),
});

export type Purged = z.output<typeof purgedSchema>;
