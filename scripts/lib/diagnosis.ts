export interface Diagnosis {
  readonly problem: string;
  readonly next: string;
}
export function diagnose(_error: unknown): Diagnosis | undefined {
  return undefined;
}
