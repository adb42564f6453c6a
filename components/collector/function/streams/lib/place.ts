/** Where a stream stands: in the checkpoint between runs, in the savepoint within one. */
import { createHash } from "node:crypto";
import { z } from "zod";
import { passPlaceSchema } from "./pass";

export const degradedSchema = z.object({
  code: z.enum(["license-missing", "not-offered", "permission-missing"]),
  message: z.string(),
});

/** Something that is missing from a run which is complete but for it. */
export type Degraded = z.output<typeof degradedSchema>;

/** What a run leaves for the next one. */
export const checkpointSchema = z.object({
  version: z.literal(1),
  deltaLink: z.string(),
  /** What was read and what was left out; another one makes the delta link useless. */
  identity: z.string(),
  /** An object whose hidden members could not be seen when everything was read. */
  hidden: z.string().nullable(),
});
export type Checkpoint = z.output<typeof checkpointSchema>;

const phaseSchema = z.discriminatedUnion("name", [
  /** Pages of the collection; `catchUp` is the delta link that was taken before the first of them. */
  z.object({
    name: z.literal("pages"),
    catchUp: z.string(),
    index: z.number().int(),
    at: passPlaceSchema.nullable(),
  }),
  /** The collection by delta pages. */
  z.object({ name: z.literal("delta"), next: z.string() }),
  /** What changed since a delta link. */
  z.object({ name: z.literal("changes"), from: z.string(), next: z.string() }),
  /** The passes that follow, once the next delta link is known. */
  z.object({
    name: z.literal("passes"),
    deltaLink: z.string(),
    index: z.number().int(),
    at: passPlaceSchema.nullable(),
  }),
]);
export type Phase = z.output<typeof phaseSchema>;

/** What a savepoint of a stream with a delta link holds. */
export const resumeSchema = z.object({
  version: z.literal(1),
  read: z.enum(["everything", "changes"]),
  identity: z.string(),
  phase: phaseSchema,
  hidden: z.string().nullable(),
  degraded: z.array(degradedSchema),
});
export type Resume = z.output<typeof resumeSchema>;

/** A short name for everything that decides what is read. */
export const identityOf = (...parts: readonly (string | boolean)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 22);
