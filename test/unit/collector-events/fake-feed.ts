/** The feed of Office 365 events in memory, with the service's ways. */
import { GraphError } from "../../../components/collector/function/graph/errors";
import {
  type ActivityReader,
  type Content,
  type ContentWindow,
  SubscriptionError,
} from "../../../components/collector/function/management-activity/client";
import { day, start } from "./fake-log";

export interface FakeContent {
  readonly id: string;
  readonly created: number;
  readonly visibleAt: number;
  /** JSON text. */
  readonly text: string;
}

export class FakeFeed {
  now = start;
  page = 2;
  enabled = false;
  starts = 0;
  /** What starting the subscription ends with, where it does not succeed. */
  refusal: GraphError | undefined;
  /** Pages name the first one as their next. */
  circle = false;
  readonly contents: FakeContent[] = [];
  readonly reads: string[] = [];
  /** By content: the error of its next reads, and how many there are. */
  readonly failures = new Map<string, { readonly error: GraphError; times: number }>();
  /** Happens before the n-th request from now. */
  readonly happenings: { after: number; happen: () => void }[] = [];

  readonly activity: ActivityReader = {
    figures: { requests: 0, throttled: 0, retries: 0, bytes: 0 },
    start: async () => {
      this.starts += 1;
      if (this.refusal !== undefined) throw this.refusal;
      this.enabled = true;
    },
    list: async (_type, window, next) => this.list(window, next),
    read: async (content) => Buffer.from(this.read(content)),
  };

  add(id: string, created: number, events: readonly unknown[], late = 0): void {
    this.contents.push({ id, created, visibleAt: created + late, text: JSON.stringify(events) });
  }

  private list({ from, to }: ContentWindow, next: string | undefined) {
    this.enter();
    if (to - from > day || from < this.now - 7 * day) {
      throw new GraphError("refused", "AF20030", { code: "AF20030" });
    }
    const skip = Number(next ?? 0);
    const all = this.contents
      .filter(({ created, visibleAt }) => created >= from && created < to && visibleAt <= this.now)
      .sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
    return {
      contents: all.slice(skip, skip + this.page).map(({ id, created }) => ({
        contentId: id,
        contentUri: `https://manage.example/${id}`,
        contentCreated: new Date(created).toISOString(),
        contentExpiration: undefined,
      })),
      next: this.circle ? "0" : skip + this.page < all.length ? String(skip + this.page) : undefined,
    };
  }

  private read({ contentId }: Content): string {
    this.enter();
    this.reads.push(contentId);
    const failure = this.failures.get(contentId);
    if (failure !== undefined && failure.times-- > 0) throw failure.error;
    const found = this.contents.find(({ id }) => id === contentId);
    if (found === undefined || found.created < this.now - 7 * day) {
      throw new GraphError("not-found", "AF20051", { code: "AF20051" });
    }
    return found.text;
  }

  private enter(): void {
    for (const happening of this.happenings) if (--happening.after === 0) happening.happen();
    if (!this.enabled) throw new SubscriptionError("AF20022");
  }
}

/** An event as the feed holds it; `at` milliseconds. */
export const mailEvent = (id: string, at: number, more: object = {}) => ({
  Id: id,
  CreationTime: new Date(at).toISOString().slice(0, 19),
  Operation: "MailItemsAccessed",
  RecordType: 50,
  UserId: "adele@contoso.example",
  ...more,
});
