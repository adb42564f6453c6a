/** The JSON documents of a stream: what a commit, a manifest and a savepoint say. */
import { z } from "zod";
import type { Json } from "../model/json";
import { streamNames } from "../model/stream-names";

/** Checkpoints and savepoints are the streams' own; the runtime hands them back as they were. */
const jsonSchema: z.ZodType<Json> = z.json();

const recordTypeSchema = z.object({
  type: z.string(),
  schemaVersion: z.number(),
  parent: z.string().optional(),
});

const partSchema = z.object({
  /** In the data container. */
  path: z.string(),
  records: z.number(),
  /** Compressed. */
  bytes: z.number(),
});

const segmentSchema = z.object({
  /** In the state container. */
  path: z.string(),
  entries: z.number(),
  /** Entries that say that a key is gone. */
  gone: z.number(),
  bytes: z.number(),
  /** Of events: first and last hour since 1970 of what is in it; 0 for those that are remembered for good. */
  hours: z.object({ first: z.number(), last: z.number() }).optional(),
});

const kindSchema = z.enum(["full", "increment", "resync"]);

/** A committed run, for readers of the data container. */
export const manifestSchema = z.object({
  version: z.literal(1),
  connector: z.string(),
  stream: z.enum(streamNames),
  /** Commits of the stream, counted from 1. */
  sequence: z.number(),
  runId: z.string(),
  kind: kindSchema,
  /** Everything there was is in this run's parts: readers need no earlier one. */
  base: z.boolean(),
  committedAt: z.string(),
  records: z.number(),
  tombstones: z.number(),
  types: z.array(recordTypeSchema),
  parts: z.array(partSchema),
  /** Manifest of the commit before that has parts; null: this is the first. */
  previous: z.string().nullable(),
});

/** `checkpoint.json`: the one blob whose write commits a run. */
export const commitSchema = manifestSchema.extend({
  /** Where `manifest.json` of this run is, or will be. */
  manifest: z.string(),
  checkpoint: jsonSchema,
  /** When the last base was committed. */
  baseAt: z.string(),
  index: z.array(segmentSchema),
  /** Entries of the index when everything was last read. */
  indexBase: z.number(),
});

/** `run.json`: the run under way and how far it is. */
export const savepointSchema = z.object({
  version: z.literal(1),
  runId: z.string(),
  kind: kindSchema,
  /** Sequence of the commit that the run builds on, 0 for none; the savepoint is void once another is the last. */
  basedOn: z.number(),
  startedAt: z.string(),
  /** Counted from 1, written before the attempt does anything. */
  attempt: z.number(),
  types: z.array(recordTypeSchema),
  /** Absent: no savepoint was reached. */
  resume: jsonSchema.optional(),
  parts: z.array(partSchema),
  index: z.array(segmentSchema),
  figures: z.object({
    records: z.number(),
    tombstones: z.number(),
    requests: z.number(),
    throttled: z.number(),
    retries: z.number(),
    milliseconds: z.number(),
  }),
  /** Folders of earlier runs in which all but what is kept is to be deleted: of runs that were given up, or restarted. */
  unswept: z.array(z.object({ folder: z.string(), kept: z.array(z.string()) })),
  /** The run is committed, and what it and those before it left is deleted. */
  swept: z.boolean(),
});

export type Part = z.output<typeof partSchema>;
export type Segment = z.output<typeof segmentSchema>;
export type RunKind = z.output<typeof kindSchema>;
export type Manifest = z.output<typeof manifestSchema>;
export type Commit = z.output<typeof commitSchema>;
export type Savepoint = z.output<typeof savepointSchema>;
export type Figures = Savepoint["figures"];
