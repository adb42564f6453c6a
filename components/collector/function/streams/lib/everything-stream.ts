/** A stream over what Graph tracks no changes of: every run reads everything, pass after pass. */
import { z } from "zod";
import { GraphError } from "../../graph/errors";
import type { RecordType } from "../../model/record";
import type { StreamName } from "../../model/stream-names";
import type { Stream, StreamContext, StreamEnd, StreamStep } from "../stream";
import { type Pass, passPlaceSchema, runPasses } from "./pass";
import { type Degraded, degradedSchema } from "./place";
import { missingLicense } from "./run";
import type { ObjectShape } from "./shape";

/** One reading of the stream. */
export interface WholePass extends Pass {
  /** The type of record that it reads. */
  readonly type: RecordType;
  /** What is missing where the tenant has no licence for it, a sentence without its end; absent: that is an error. */
  readonly optional?: string;
}

/** Reads a collection whose objects are the records. */
export function collectionPass(
  type: RecordType,
  path: string,
  shape: ObjectShape,
  optional?: string,
): WholePass {
  return {
    type,
    from: `${path}${path.includes("?") ? "&" : "?"}$select=${shape.select}`,
    schema: shape.pageSchema,
    changes: (object) => [{ type: type.type, key: object.id, data: shape.data(object) }],
    relations: [],
    ...(optional === undefined ? {} : { optional }),
  };
}

/** Reads one object of a path of its own, a policy for example; asked for wholly, since not all of those know `$select`. */
export function objectPass(type: RecordType, path: string, shape: ObjectShape): WholePass {
  return { ...collectionPass(type, path, shape), from: path, single: true };
}

const resumeSchema = z.object({
  version: z.literal(1),
  index: z.number().int(),
  at: passPlaceSchema.nullable(),
  /** Types that could not be had, and why. */
  missing: z.array(z.object({ type: z.string(), degraded: degradedSchema })),
});
type Resume = z.output<typeof resumeSchema>;

/** The stream of some passes. */
export function everythingStream(name: StreamName, passes: readonly WholePass[]): Stream {
  const records = passes.map(({ type }) => type);
  return { name, records, collect: (context) => collect(passes, context) };
}

async function* collect(
  passes: readonly WholePass[],
  { graph, resume }: StreamContext,
): AsyncGenerator<StreamStep, StreamEnd, undefined> {
  const resumed = resumeSchema.safeParse(resume);
  const begin: Resume = resumed.success ? resumed.data : { version: 1, index: 0, at: null, missing: [] };
  const missing = [...begin.missing];
  yield* runPasses(
    graph,
    passes,
    begin,
    (index, at) => ({ kind: "savepoint", resume: { version: 1, index, at, missing: [...missing] } }),
    (pass, error) => {
      const degraded = lackingOf(pass, error);
      if (degraded !== undefined) missing.push({ type: pass.type.type, degraded });
      return degraded !== undefined;
    },
  );
  return endOf(passes, missing);
}

const lackingOf = ({ optional }: WholePass, error: unknown): Degraded | undefined =>
  optional !== undefined && error instanceof GraphError ? missingLicense(error, optional) : undefined;

/** What could not be had stays as it was known: nobody said that it does not exist any more. */
function endOf(passes: readonly WholePass[], missing: Resume["missing"]): StreamEnd {
  const degraded = missing.map((part) => part.degraded);
  if (missing.length === 0) return { checkpoint: null, read: "everything", degraded };
  const absent = new Set(missing.map(({ type }) => type));
  const wholly = passes.map(({ type }) => type.type).filter((type) => !absent.has(type));
  return { checkpoint: null, read: "changes", wholly, degraded };
}
