import type { Clock, Collection, Entity, Store } from "../core/types";
import { refusals } from "./errors";

/** The content types that can be subscribed to. */
const contentTypes = [
  "Audit.AzureActiveDirectory",
  "Audit.Exchange",
  "Audit.SharePoint",
  "Audit.General",
  "DLP.All",
] as const;
type ContentType = (typeof contentTypes)[number];

/** An application's subscription to a content type. */
interface Subscription extends Entity {
  readonly clientId: string;
  readonly contentType: ContentType;
  /** Milliseconds since 1970: content comes a while after. */
  readonly startedAt: number;
  readonly state: "enabled" | "stopped" | "disabled";
}

/** Subscriptions of the tenant's applications. */
export class Subscriptions {
  readonly #stored: Collection<Subscription>;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#stored = store.collection<Subscription>("activitySubscriptions");
    this.#clock = clock;
  }

  /** Starts one; one that is enabled already is AF20024. */
  start(clientId: string, contentType: ContentType): unknown {
    const id = `${clientId}/${contentType}`;
    const known = this.#stored.get(id);
    if (known?.state === "enabled") throw refusals.alreadyEnabled();
    const startedAt = this.#clock.now();
    return shown(this.#stored.put({ id, clientId, contentType, startedAt, state: "enabled" }));
  }

  stop(clientId: string, contentType: ContentType): void {
    const known = this.#stored.get(`${clientId}/${contentType}`);
    if (known === undefined || known.state === "stopped") throw refusals.noSubscription();
    this.#stored.put({ ...known, state: "stopped" });
  }

  list(clientId: string): readonly unknown[] {
    return [...this.#stored.values()].filter((one) => one.clientId === clientId).map(shown);
  }

  /** The subscription that content is asked of; throws unless it is enabled. */
  enabled(clientId: string, contentType: ContentType): Subscription {
    const known = this.#stored.get(`${clientId}/${contentType}`);
    if (known === undefined || known.state === "stopped") throw refusals.noSubscription();
    if (known.state === "disabled") throw refusals.disabled("a tenant admin");
    return known;
  }

  /** Switches all subscriptions off, as an administrator does; answers how many there were. */
  disableAll(): number {
    const enabled = [...this.#stored.values()].filter(({ state }) => state === "enabled");
    for (const subscription of enabled) this.#stored.put({ ...subscription, state: "disabled" });
    return enabled.length;
  }
}

const shown = ({ contentType, state }: Subscription) => ({
  contentType,
  status: state === "enabled" ? "enabled" : "disabled",
  webhook: null,
});

/** The content type of that name, in any case. */
export function contentTypeOf(name: string | undefined): ContentType {
  if (name === undefined || name === "") throw refusals.missing("contentType");
  const found = contentTypes.find((type) => type.toLowerCase() === name.toLowerCase());
  if (found === undefined) throw refusals.contentType(name);
  return found;
}
