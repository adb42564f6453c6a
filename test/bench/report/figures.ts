/** What the processes of this bench are told and tell: a task in the environment, one line of JSON at the end. */
import { z } from "zod";

export const taskSchema = z.object({
  /** The collector's store. */
  folder: z.string(),
  /** Where the page is written. */
  page: z.string(),
  users: z.number(),
  groups: z.number(),
  /** Sign-ins, and as many changes in the directory. */
  events: z.number(),
});

export const figuresSchema = z.object({
  /** Of the work, without the start of the process. */
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** MiB, of the whole process. */
  peakRss: z.number(),
  /** What was collected, found or written: so that nobody is fast by doing nothing. */
  counts: z.record(z.string(), z.number()),
});

export type Task = z.output<typeof taskSchema>;
export type Figures = z.output<typeof figuresSchema>;
