export type Severity = "high" | "medium" | "low";

/** Something that a registration has and should not, or lacks and needs. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** What is so, in a sentence. */
  readonly title: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
}

const order: readonly Severity[] = ["high", "medium", "low"];

/** The most dangerous first; findings of one severity keep their order. */
export function dangerousFirst(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
