/** What a metric found: counted, and kept as far as a report shows it. */
import type { EvidenceRow } from "./assessment";

/**
 * Keeps the first rows by name: the same ones in whatever order they come. No more than twice the limit is ever in memory.
 */
export class Evidence {
  private kept: EvidenceRow[] = [];
  private found = 0;

  constructor(private readonly limit: number) {}

  get total(): number {
    return this.found;
  }

  add(
    type: string,
    object: { readonly id: string; readonly displayName?: string | null },
    details: EvidenceRow["details"],
  ): void {
    this.found += 1;
    this.kept.push({ type, id: object.id, name: object.displayName ?? object.id, details });
    if (this.kept.length >= 2 * this.limit + 1) this.trim();
  }

  /** In order. */
  rows(): EvidenceRow[] {
    this.trim();
    return this.kept;
  }

  private trim(): void {
    this.kept = this.kept.sort(byName).slice(0, this.limit);
  }
}

function byName(a: EvidenceRow, b: EvidenceRow): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
