/** What a rule says about a resource or a stack. */

/** One thing that is not as the rule wants it. */
export interface Finding {
  /** What is to blame, short: a permission, a date, a property. Acknowledgements name it. */
  readonly culprit: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** Short name of the connector that it belongs to, where there is one. */
  readonly connector?: string | undefined;
  /** The resource to blame, where a rule judges the whole stack. */
  readonly urn?: string;
}

export type Outcome =
  | { readonly kind: "compliant" }
  | { readonly kind: "non-compliant"; readonly findings: readonly Finding[] }
  | { readonly kind: "not-applicable"; readonly reason: string };

/** Compliant when there is no finding. */
export function judged(findings: readonly Finding[]): Outcome {
  return findings.length === 0 ? { kind: "compliant" } : { kind: "non-compliant", findings };
}

/** The rule has nothing to say, with the reason in a sentence. */
export function notApplicable(reason: string): Outcome {
  return { kind: "not-applicable", reason };
}
