/** What the engine reports while it works: how far it is, what went wrong, what a policy says. */
import type { EngineEvent } from "@pulumi/pulumi/automation";

/** Changes by kind: `create`, `update`, `delete`, `replace`, `same`, … */
export type Changes = Readonly<Record<string, number>>;

/** One policy violation. */
export interface Violation {
  readonly policy: string;
  readonly message: string;
  readonly mandatory: boolean;
}

/** Gathers the events of one operation. */
export class Watcher {
  readonly #progress: (line: string) => void;
  readonly #errors: string[] = [];
  readonly #violations: Violation[] = [];
  #changes: Changes = {};
  #done = 0;

  constructor(progress: (line: string) => void) {
    this.#progress = progress;
  }

  /** Changes as the engine counted them at the end. */
  get changes(): Changes {
    return this.#changes;
  }

  /** Each error as `type: message`, in order. */
  get errors(): readonly string[] {
    return this.#errors;
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  readonly onEvent = (event: EngineEvent): void => {
    const { resourcePreEvent, resOutputsEvent, diagnosticEvent, policyEvent, summaryEvent } = event;
    if (resourcePreEvent && resourcePreEvent.metadata.op !== "same") {
      this.#progress(`${resourcePreEvent.metadata.op} ${nameOf(resourcePreEvent.metadata.urn)}`);
    }
    if (resOutputsEvent && resOutputsEvent.metadata.op !== "same") {
      this.#done += 1;
      this.#progress(`${this.#done} changed · ${nameOf(resOutputsEvent.metadata.urn)}`);
    }
    if (diagnosticEvent?.severity === "error") {
      const type = diagnosticEvent.urn ? `${typeOf(diagnosticEvent.urn)}: ` : "";
      this.#errors.push(`${type}${plainText(diagnosticEvent.message)}`);
    }
    if (policyEvent) {
      const { policyName, message, enforcementLevel } = policyEvent;
      const mandatory = enforcementLevel === "mandatory";
      this.#violations.push({ policy: policyName, message: plainText(message), mandatory });
    }
    if (summaryEvent) this.#changes = countsOf(summaryEvent.resourceChanges);
  };
}

/** Everything that is not left as it is. */
export function changeCount(changes: Changes): number {
  return Object.entries(changes).reduce((sum, [kind, number]) => (kind === "same" ? sum : sum + number), 0);
}

/** `61 to create, 2 to update`, or `no changes`. */
export function describeChanges(changes: Changes, tense: "future" | "past"): string {
  const parts = Object.entries(changes).flatMap(([kind, number]) => {
    if (kind === "same" || number === 0) return [];
    return [tense === "future" ? `${number} to ${kind}` : `${number} ${pastOf(kind)}`];
  });
  if (parts.length > 0) return parts.join(", ");
  return tense === "future" ? "no changes" : "0 changes";
}

function pastOf(kind: string): string {
  const word = kind.replaceAll("-", " ");
  return word.endsWith("e") ? `${word}d` : `${word}ed`;
}

function countsOf(changes: Readonly<Record<string, number | undefined>>): Changes {
  return Object.fromEntries(Object.entries(changes).map(([kind, number]) => [kind, number ?? 0]));
}

/** The last part of a URN is the resource's name. */
function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** `urn:pulumi:stack::project::parent$type::name`: the innermost type. */
function typeOf(urn: string): string {
  const chain = urn.split("::")[2] ?? "";
  return chain.slice(chain.lastIndexOf("$") + 1);
}

/** The engine marks colours as `<{%red%}>`. */
function plainText(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}
