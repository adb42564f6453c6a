/** How often each text comes; of texts without end only so many are told apart. */
import type { Top } from "../model";

const mostTexts = 100_000;
const shown = 10;

export class Counter {
  private readonly counts = new Map<string, number>();

  constructor(private readonly title: string) {}

  add(text: string): void {
    const known = this.counts.get(text);
    if (known !== undefined) this.counts.set(text, known + 1);
    else if (text !== "" && this.counts.size < mostTexts) this.counts.set(text, 1);
  }

  /** The commonest first; of the same number by name. */
  top(): Top {
    const sorted = [...this.counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    return { title: this.title, rows: sorted.slice(0, shown).map(([name, count]) => ({ name, count })) };
  }
}
