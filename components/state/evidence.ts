/** What a metric found: counted, and kept as far as a report shows it. */
import type { EvidenceRow } from "./assessment";

/**
 * Keeps the first rows, the gravest first, then by name: the same ones in whatever order they come. No more than twice the
 * limit is ever in memory.
 */
export class Evidence {
  private kept: Ranked[] = [];
  private found = 0;

  constructor(private readonly limit: number) {}

  get total(): number {
    return this.found;
  }

  /** @param rank What has the lowest stands first, and is kept where there are more than the limit */
  add(
    type: string,
    object: { readonly id: string; readonly displayName?: string | null },
    details: EvidenceRow["details"],
    rank = 0,
  ): void {
    this.found += 1;
    this.kept.push({ rank, row: { type, id: object.id, name: object.displayName || object.id, details } });
    if (this.kept.length >= 2 * this.limit + 1) this.trim();
  }

  /** In order. */
  rows(): EvidenceRow[] {
    this.trim();
    return this.kept.map(({ row }) => row);
  }

  private trim(): void {
    this.kept = this.kept.sort(byRank).slice(0, this.limit);
  }
}

interface Ranked {
  readonly rank: number;
  readonly row: EvidenceRow;
}

function byRank({ rank: m, row: a }: Ranked, { rank: n, row: b }: Ranked): number {
  if (m !== n) return m - n;
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
