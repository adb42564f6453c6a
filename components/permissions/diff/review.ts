import { unique } from "../planning/requirement";
import { findingsOfConnector, findingsOfStack } from "./findings";
import { differenceOfFleets } from "./fleet-difference";
import { foldFindings } from "./fold";
import { headlinesOf } from "./headlines";
import { worstLevel } from "./judgement";
import type { Fleet, Note, Review, StackChange } from "./model";

/** What a review is made from. The fleets need only hold the stacks whose lock files differ. */
export interface ReviewInput {
  readonly base: Review["base"];
  readonly head: Review["head"];
  readonly before: Fleet;
  readonly after: Fleet;
  /** Stacks in either state, unchanged ones included. */
  readonly stacks: number;
  /** Owners of the changed lock files. */
  readonly owners: readonly string[];
  readonly label: string;
  /** Paths of the changed lock files. */
  readonly files: readonly string[];
}

/** What is worth knowing about a change beside the change, given the exact changes. */
export type NoteMaker = (changes: readonly StackChange[]) => readonly Note[];

/** Makes the review of a change. Pure: nothing is read but the arguments. */
export function reviewOf(input: ReviewInput, makeNotes: NoteMaker): Review {
  const stacks = differenceOfFleets(input.before, input.after);
  const connectors = stacks.flatMap(({ stack, difference }) =>
    difference.connectors.map((change) => ({ change, findings: findingsOfConnector(stack, change) })),
  );
  const findings = [...stacks.flatMap(findingsOfStack), ...connectors.flatMap((one) => one.findings)];
  const grave = findings.filter(({ level }) => level === "tier0");
  const lines = foldFindings(findings);
  return {
    formatVersion: 1,
    base: input.base,
    head: input.head,
    summary: {
      stacks: input.stacks,
      changed: stacks.length,
      needApproval: unique(grave.map(({ place }) => place.stack)).length,
      level: worstLevel(lines.map(({ level }) => level)),
    },
    headlines: headlinesOf(connectors),
    lines,
    notes: makeNotes(stacks),
    approval: { security: grave.length > 0, owners: input.owners, label: input.label },
    files: input.files,
    stacks,
  };
}
