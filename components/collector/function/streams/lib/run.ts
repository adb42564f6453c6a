/** One run of a stream with a delta link: what it leaves out, what it could not have, where it stands. */
import type { GraphError } from "../../graph/errors";
import type { StreamContext, StreamEnd, StreamStep } from "../stream";
import type { DirectorySource, Exclusions } from "./directory-source";
import { excludedUsers } from "./excluded-users";
import { HiddenMembers } from "./hidden-members";
import {
  type Checkpoint,
  checkpointSchema,
  type Degraded,
  identityOf,
  type Phase,
  type Resume,
  resumeSchema,
} from "./place";

export class Run {
  read: Resume["read"];
  readonly hidden: HiddenMembers;
  private readonly identity: string;
  private readonly lacking: Degraded[];

  private constructor(
    readonly source: DirectorySource,
    readonly context: StreamContext,
    readonly exclusions: Exclusions,
    { read, identity, hidden, degraded }: Omit<Resume, "version" | "phase">,
  ) {
    this.read = read;
    this.identity = identity;
    this.lacking = [...degraded];
    this.hidden = new HiddenMembers(source, context.graph, hidden);
  }

  /** Resolves what is left out. @throws ConfigurationError, GraphError */
  static async prepare(source: DirectorySource, context: StreamContext): Promise<{ run: Run; start: Start }> {
    const { filters } = context;
    const exclusions: Exclusions = source.filtered
      ? {
          users: await excludedUsers(context.graph, filters.excludedServiceAccountGroups),
          onPremisesGroups: filters.skipOnPremisesGroups,
        }
      : { users: new Set(), onPremisesGroups: false };
    const identity = identityOf(
      source.shape.select,
      ...source.tracked.map(({ name }) => name),
      String(source.type.schemaVersion),
      exclusions.onPremisesGroups,
      ...[...exclusions.users].sort(),
    );
    const start = await startOf(source, context, identity);
    // A run that began with other exclusions ends with theirs, so that the next one sees the difference and reads all.
    const run =
      start.kind === "resume"
        ? new Run(source, context, exclusions, start.resume)
        : new Run(source, context, exclusions, {
            identity,
            read: start.kind,
            hidden: start.kind === "changes" ? start.checkpoint.hidden : null,
            degraded: [],
          });
    return { run, start };
  }

  /** Notes what cannot be had; the run goes on without it. */
  lacks(part: Degraded): void {
    this.lacking.push(part);
  }

  /** The checkpoint turned out to be of no use: nothing of it counts any more. */
  startOver(): void {
    this.read = "everything";
    this.hidden.missingIn = null;
  }

  savepoint(phase: Phase): StreamStep {
    const resume: Resume = {
      version: 1,
      read: this.read,
      identity: this.identity,
      phase,
      hidden: this.hidden.missingIn,
      degraded: [...this.lacking],
    };
    return { kind: "savepoint", resume };
  }

  end(deltaLink: string, wholly: readonly string[]): StreamEnd {
    const checkpoint: Checkpoint = {
      version: 1,
      deltaLink,
      identity: this.identity,
      hidden: this.hidden.missingIn,
    };
    const degraded = [...this.hidden.degraded, ...this.lacking];
    // Which groups were left out is not known: only comparing tells a tombstone that means something from one that doesn't.
    const compared = wholly.length > 0 || this.exclusions.onPremisesGroups;
    return { checkpoint, read: this.read, ...(compared && { wholly }), degraded };
  }
}

/** Where a run begins. */
export type Start =
  | { readonly kind: "resume"; readonly resume: Resume }
  | { readonly kind: "changes"; readonly checkpoint: Checkpoint }
  /** `reason` where there was a checkpoint that is of no use. */
  | { readonly kind: "everything"; readonly reason: string | undefined };

async function startOf(
  source: DirectorySource,
  { resume, checkpoint, graph }: StreamContext,
  identity: string,
): Promise<Start> {
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return { kind: "resume", resume: resumed.data };
  if (checkpoint === undefined || checkpoint === null) return { kind: "everything", reason: undefined };
  const parsed = checkpointSchema.safeParse(checkpoint);
  if (!parsed.success) return { kind: "everything", reason: "The checkpoint is of another version." };
  if (parsed.data.identity !== identity) {
    return { kind: "everything", reason: "What is collected, or who is left out, has changed." };
  }
  const { hidden } = parsed.data;
  if (hidden !== null && (await new HiddenMembers(source, graph, null).canSee(hidden)) === true) {
    return { kind: "everything", reason: "Hidden members can be seen now." };
  }
  return { kind: "changes", checkpoint: parsed.data };
}

/** What a refusal means for the status: a licence that the tenant lacks degrades, all else ends the run. */
export function missingLicense(error: GraphError, missing: string): Degraded | undefined {
  if (error.kind === "license") return { code: "license-missing", message: `${missing}: ${error.message}` };
  if (error.kind === "not-offered") return { code: "not-offered", message: `${missing}: ${error.message}` };
  return undefined;
}
