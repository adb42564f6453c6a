/** One of Graph's logs in memory: events that are shown late, pages in any order, entries that come twice. */
import type { GraphReader } from "../../../components/collector/function/graph/client";
import { GraphError } from "../../../components/collector/function/graph/errors";

export const day = 86_400_000;
export const start = Date.parse("2026-03-01T00:00:00Z");

export interface LogEvent {
  readonly id: string;
  readonly at: number;
  readonly visibleAt: number;
  readonly failed?: boolean;
  readonly kind?: string;
}

export class FakeLog {
  readonly events: LogEvent[] = [];
  now = start;
  page = 3;
  keptDays = 30;
  /** Entries of a page come again with the next one. */
  repeats = false;
  /** Turns the order of every page about. */
  turned = false;
  refusal: GraphError | undefined;
  readonly asked: string[] = [];

  readonly graph: GraphReader = {
    get: () => Promise.reject(new Error("not asked")),
    batch: () => {
      throw new Error("not asked");
    },
    figures: { requests: 0, throttled: 0, retries: 0, bytes: 0 },
    pages: (from, schema) => this.pages(from, (item) => schema.parse(item)),
  };

  private async *pages<Item>(from: string, read: (item: unknown) => Item) {
    for (let next: string | undefined = from; next !== undefined; ) {
      this.asked.push(decodeURIComponent(next));
      if (this.refusal !== undefined) throw this.refusal;
      const parts: readonly string[] = next.split("&skip=");
      const [path, skip]: readonly [string, string] = [parts[0] ?? "", parts[1] ?? "0"];
      const events = this.matching(path);
      const place: number = Number(skip);
      const items = events.slice(this.repeats ? Math.max(0, place - 1) : place, place + this.page);
      if (this.turned) items.reverse();
      next = place + this.page < events.length ? `${path}&skip=${place + this.page}` : undefined;
      const beta = path.startsWith("/beta/");
      yield { items: items.map((event) => read(shown(event, beta))), nextLink: next, deltaLink: undefined };
    }
  }

  private matching(path: string): LogEvent[] {
    const text = decodeURIComponent(path);
    const from = Date.parse(/ ge (\S+)/.exec(text)?.[1] ?? "");
    const to = Date.parse(/ lt (\S+)/.exec(text)?.[1] ?? "");
    const named = [...text.matchAll(/t eq '(\w+)'/g)].map(([, kind]) => kind);
    const kinds = named.length === 0 ? ["interactiveUser"] : named;
    const failed = /errorCode (\w+) 0/.exec(text)?.[1];
    return this.events
      .filter(
        (event) =>
          event.visibleAt <= this.now &&
          event.at >= Math.max(from, this.now - this.keptDays * day) &&
          event.at < to &&
          kinds.includes(event.kind ?? "interactiveUser") &&
          (failed === undefined || (event.failed ?? false) === (failed === "ne")),
      )
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  }
}

/** Version 1.0 does not tell the types of sign-ins. */
const shown = ({ id, at, kind = "interactiveUser" }: LogEvent, beta: boolean) => ({
  id,
  activityDateTime: new Date(at).toISOString(),
  createdDateTime: new Date(at).toISOString(),
  ...(beta && { signInEventTypes: [kind] }),
});

export const license = () => new GraphError("license", "The tenant has no premium licence.", { status: 403 });
