/** One run of a stream with a delta link: what it leaves out, what it could not have, where it stands. */
import type { GraphError } from "../../graph/errors";
import type { StreamContext, StreamEnd, StreamStep } from "../stream";
import type { DirectorySource, Exclusions } from "./directory-source";
import { excludedUsers } from "./excluded-users";
import {
  type Checkpoint,
  checkpointSchema,
  type Degraded,
  identityOf,
  type Phase,
  type Resume,
  resumeSchema,
} from "./place";
import type { GraphObject } from "./shape";

export class Run {
  private constructor(
    readonly source: DirectorySource,
    readonly context: StreamContext,
    readonly exclusions: Exclusions,
    private readonly identity: string,
    public read: Resume["read"],
    private readonly degraded: Degraded[],
  ) {}

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
    const start = startOf(context, identity);
    // A run that began with other exclusions ends with theirs, so that the next one sees the difference and reads all.
    const began = start.kind === "resume" ? start.resume.identity : identity;
    const read =
      start.kind === "resume" ? start.resume.read : start.kind === "changes" ? "changes" : "everything";
    const degraded =
      start.kind === "resume"
        ? start.resume.degraded
        : start.kind === "changes"
          ? start.checkpoint.degraded
          : [];
    return { run: new Run(source, context, exclusions, began, read, [...degraded]), start };
  }

  /** Notes what cannot be had; the run goes on without it. */
  lacks(part: Degraded): void {
    if (!this.degraded.some(({ message }) => message === part.message)) this.degraded.push(part);
  }

  /** The checkpoint turned out to be of no use: nothing of it counts any more. */
  startOver(): void {
    this.read = "everything";
    this.degraded.length = 0;
  }

  /** Whether hidden members can be seen was asked in this attempt. */
  hiddenProbed = false;
  /** Ids of the objects of this attempt whose members are hidden. */
  private readonly hidden = new Set<string>();

  /** True for an object whose members Graph hides from most applications. */
  readonly meet = (object: GraphObject): boolean => {
    if (object.visibility !== "HiddenMembership") return false;
    this.hidden.add(object.id);
    return true;
  };

  /** Takes note of a refusal that only hidden members explain. @returns false for every other refusal */
  readonly tolerate = (parentId: string, error: GraphError): boolean => {
    if (error.kind !== "forbidden" || !this.hidden.has(parentId)) return false;
    this.lacks({
      code: "permission-missing",
      message: `Hidden members of ${this.source.name} are missing: Graph shows them with Member.Read.Hidden only.`,
    });
    return true;
  };

  savepoint(phase: Phase): StreamStep {
    const resume: Resume = {
      version: 1,
      read: this.read,
      identity: this.identity,
      phase,
      degraded: [...this.degraded],
    };
    return { kind: "savepoint", resume };
  }

  end(deltaLink: string, wholly: readonly string[]): StreamEnd {
    const checkpoint: Checkpoint = {
      version: 1,
      deltaLink,
      identity: this.identity,
      degraded: [...this.degraded],
    };
    // Which groups were left out is not known: only comparing tells a tombstone that means something from one that doesn't.
    const compared = wholly.length > 0 || this.exclusions.onPremisesGroups;
    return { checkpoint, read: this.read, ...(compared && { wholly }), degraded: [...this.degraded] };
  }
}

/** Where a run begins. */
export type Start =
  | { readonly kind: "resume"; readonly resume: Resume }
  | { readonly kind: "changes"; readonly checkpoint: Checkpoint }
  /** `reason` where there was a checkpoint that is of no use. */
  | { readonly kind: "everything"; readonly reason: string | undefined };

function startOf({ resume, checkpoint }: StreamContext, identity: string): Start {
  const resumed = resumeSchema.safeParse(resume);
  if (resumed.success) return { kind: "resume", resume: resumed.data };
  if (checkpoint === undefined || checkpoint === null) return { kind: "everything", reason: undefined };
  const parsed = checkpointSchema.safeParse(checkpoint);
  if (!parsed.success) return { kind: "everything", reason: "The checkpoint is of another version." };
  if (parsed.data.identity !== identity) {
    return { kind: "everything", reason: "What is collected, or who is left out, has changed." };
  }
  return { kind: "changes", checkpoint: parsed.data };
}

/** What a refusal means for the status: a licence that the tenant lacks degrades, all else ends the run. */
export function missingLicense(error: GraphError, missing: string): Degraded | undefined {
  if (error.kind === "license") return { code: "license-missing", message: `${missing}: ${error.message}` };
  if (error.kind === "not-offered") return { code: "not-offered", message: `${missing}: ${error.message}` };
  return undefined;
}
