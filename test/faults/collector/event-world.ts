/** Streams of events of a whole tenant, and what its feeds really hold. */
import { expect } from "vitest";
import { eventSettings, type ServedConnector } from "../../../components/collector/function/model/settings";
import type { StreamStatus } from "../../../components/collector/function/model/status";
import { readCommitted } from "../../../components/collector/function/runtime/read-committed";
import type { RunStreamOptions } from "../../../components/collector/function/runtime/run-stream";
import type { CollectorStore } from "../../../components/collector/function/storage/store";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { feedsOf } from "../../../infra/local/tenant/feeds";
import { World } from "./world";

export const hour = 3_600_000;
export const day = 24 * hour;
const kinds = ["interactive", "nonInteractive", "servicePrincipal", "managedIdentity"] as const;

export const eventStreams = ["directory-audits", "sign-ins", "exchange-activity"] as const;
export type EventStream = (typeof eventStreams)[number];

/** The service that a stream reads, as faults name it. */
export const serviceOf = (stream: EventStream) =>
  stream === "exchange-activity" ? "office365-management" : "graph";

type Content = Readonly<Record<string, unknown>>;

/** An administrator or a delegate in a mailbox that is somebody else's. */
const isForeign = ({ LogonType, LogonUserSid, MailboxOwnerSid }: Content): boolean =>
  (LogonType === 1 || LogonType === 2) && LogonUserSid !== MailboxOwnerSid;

interface Shown {
  readonly good: Set<string>;
  readonly malformed: Set<string>;
  readonly foreign: Set<string>;
}

export class EventWorld {
  /** Ids of the records that could be read when a store was collected into: content can be listed for seven days. */
  private readonly shown = new WeakMap<CollectorStore, Shown>();

  private constructor(readonly world: World) {}

  /** A tenant whose feeds hold events of three weeks, with some that can't be read among the youngest. */
  static async make(size: { signIns: number; audits: number; exchange: number; blobs: number }) {
    const roles = ["AuditLog.Read.All", "ActivityFeed.Read"];
    const world = await World.make({ users: 300, groups: 10, roles });
    await world.admin("POST", "/logs", { ...size, late: true, days: 20 });
    await world.admin("POST", "/logs", { exchange: 40, blobs: 4, malformed: 6, days: 1, seed: 3 });
    return new EventWorld(world);
  }

  get feeds() {
    const { store } = this.world.running.tenant;
    return feedsOf(store, openDirectory(store));
  }

  readonly now = (): Date => new Date(this.world.running.tenant.clock.now());

  pass(milliseconds: number): void {
    this.world.running.tenant.clock.advance(milliseconds);
  }

  /** Collects every kind of event. */
  get connector(): ServedConnector {
    const events = eventSettings.parse({ signIns: { kinds }, nonOwnerMailboxAccess: true });
    return { ...this.world.connector, events };
  }

  /** One run; what can be read then is remembered. */
  run(
    stream: EventStream,
    store: CollectorStore,
    options: Partial<RunStreamOptions> = {},
  ): Promise<StreamStatus> {
    if (stream === "exchange-activity") this.look(store);
    return this.world.run(stream, store, { connector: this.connector, now: this.now, ...options });
  }

  /** Takes note of the content that can be read now. */
  look(store: CollectorStore): Shown {
    const { content } = this.feeds;
    const at = this.now().getTime();
    const ids = this.shown.get(store) ?? { good: new Set(), malformed: new Set(), foreign: new Set() };
    this.shown.set(store, ids);
    const malformed = new Set(content.recordIds(at, true));
    const stretch = { from: at - 7 * day + 300_000, to: at, descending: false, after: undefined };
    for (const { source, place } of content.walk(stretch)) {
      if (source.visibleAt(place) > at) continue;
      for (const record of source.event(place).records()) {
        const id = String(record.Id);
        (malformed.has(id) ? ids.malformed : ids.good).add(id);
        if (isForeign(record)) ids.foreign.add(id);
      }
    }
    return ids;
  }

  /** Committed keys of a type, each as often as it was written. */
  async keys(stream: EventStream, store: CollectorStore, type: string): Promise<string[]> {
    const found = [];
    for await (const record of readCommitted(store, this.connector.slug, stream)) {
      if (record.type === type) found.push(record.key);
    }
    return found.sort();
  }

  /** Every event is there, once, and nothing else. */
  async expectWhole(store: CollectorStore, stream: EventStream): Promise<void> {
    for (const [type, truth] of Object.entries(this.truth(store, stream))) {
      expect(truth.length, `planted for ${type}`).toBeGreaterThan(0);
      expect(await this.keys(stream, store, type), type).toEqual(truth);
    }
  }

  private truth(store: CollectorStore, stream: EventStream): Readonly<Record<string, readonly string[]>> {
    const at = this.now().getTime();
    if (stream === "sign-ins") return { signIn: [...this.feeds.log("signIns").ids(at)].sort() };
    if (stream === "directory-audits") {
      return { directoryAudit: [...this.feeds.log("directoryAudits").ids(at)].sort() };
    }
    const { good, malformed, foreign } = this.shown.get(store) ?? this.look(store);
    return {
      mailboxAccess: [...foreign].sort(),
      exchangeActivity: [...good].sort(),
      eventProblem: [...malformed].sort(),
    };
  }
}
