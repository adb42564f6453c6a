import { randomUUID } from "node:crypto";
import type { Collection, Store } from "../core/types";
import type { Directory } from "../directory/open";
import { Actors } from "./actors";
import { ContentFeed } from "./content";
import { Log } from "./log";
import {
  type ContentRecipe,
  defaultFeedSettings,
  type FeedSettings,
  type LogName,
  type PlantedBlob,
  type PlantedEvent,
  type Recipe,
} from "./model";

/** How many events to make, and over which span. */
interface FeedSize {
  readonly signIns?: number | undefined;
  readonly audits?: number | undefined;
  /** Exchange records, and the content blobs they come in (absent: one for each hundred). */
  readonly exchange?: number | undefined;
  readonly blobs?: number | undefined;
  readonly malformed?: number | undefined;
  readonly huge?: number | undefined;
  /** Milliseconds since 1970. Exchange records begin no earlier than seven days before the end. */
  readonly from: number;
  readonly to: number;
  readonly seed: number;
  /** Whether events can be seen later than they happened. */
  readonly late?: boolean | undefined;
}

const contentDays = 6.9 * 86_400_000;
const entry = "feed-settings";

/** All feeds of a tenant. */
export class Feeds {
  readonly signIns: Log;
  readonly directoryAudits: Log;
  readonly content: ContentFeed;
  readonly #recipes: Collection<Recipe>;
  readonly #planted: Collection<PlantedEvent>;
  readonly #blobs: Collection<PlantedBlob>;
  readonly #settings;
  readonly #directory: Directory;

  constructor(store: Store, directory: Directory) {
    this.#directory = directory;
    this.#recipes = store.collection<Recipe>("feedRecipes");
    this.#planted = store.collection<PlantedEvent>("feedEvents");
    this.#blobs = store.collection<PlantedBlob>("feedBlobs");
    this.#settings = store.collection<{ id: string; settings: FeedSettings }>("feedSettings");
    const actors = new Actors(directory);
    const stored = { recipes: this.#recipes, planted: this.#planted };
    this.signIns = new Log("signIns", stored, actors);
    this.directoryAudits = new Log("directoryAudits", stored, actors);
    this.content = new ContentFeed(this.#recipes, this.#blobs, actors);
  }

  get settings(): FeedSettings {
    return this.#settings.get(entry)?.settings ?? defaultFeedSettings;
  }

  /** Changes what is given; the rest stays. */
  set(given: { readonly [Name in keyof FeedSettings]?: FeedSettings[Name] | undefined }): FeedSettings {
    const settings = {
      directoryAudits: given.directoryAudits ?? this.settings.directoryAudits,
      firstContentDelay: given.firstContentDelay ?? this.settings.firstContentDelay,
      growth: given.growth ?? this.settings.growth,
    };
    return this.#settings.put({ id: entry, settings }).settings;
  }

  log(name: LogName): Log {
    return name === "signIns" ? this.signIns : this.directoryAudits;
  }

  /** Adds events to those that are there. */
  seed(size: FeedSize): void {
    const { signIns = 0, audits = 0, exchange = 0 } = size;
    if (signIns > 0) this.#recipes.put({ ...this.#recipe(size, signIns), feed: "signIns" });
    if (audits > 0) this.#recipes.put({ ...this.#recipe(size, audits), feed: "directoryAudits" });
    if (exchange === 0) return;
    const recipe: ContentRecipe = {
      ...this.#recipe(size, exchange),
      feed: "exchange",
      from: Math.max(size.from, size.to - contentDays),
      blobs: Math.min(exchange, size.blobs ?? Math.ceil(exchange / 100)),
      malformed: size.malformed ?? 0,
      huge: size.huge ?? 0,
    };
    this.#recipes.put(recipe);
  }

  /** Removes all events of all feeds. */
  clear(): void {
    for (const events of [this.#recipes, this.#planted, this.#blobs]) {
      for (const { id } of [...events.values()]) events.delete(id);
    }
  }

  /** How many events there are of each feed. */
  counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = { signIns: 0, directoryAudits: 0, exchange: 0 };
    for (const { feed, count } of this.#recipes.values()) counts[feed] = (counts[feed] ?? 0) + count;
    for (const { feed } of this.#planted.values()) counts[feed] = (counts[feed] ?? 0) + 1;
    return counts;
  }

  /** Puts one event into a log; what a log entry must have and is not given is filled in. Answers its id. */
  plant(feed: LogName, at: number, visibleAt: number, given: Readonly<Record<string, unknown>>): string {
    const id = typeof given.id === "string" ? given.id : randomUUID();
    const moment = new Date(at).toISOString();
    const properties =
      feed === "signIns"
        ? {
            createdDateTime: `${moment.slice(0, 19)}Z`,
            isInteractive: true,
            signInEventTypes: ["interactiveUser"],
            status: { errorCode: 0, failureReason: "Other.", additionalDetails: null },
            ...given,
          }
        : { activityDateTime: moment, result: "success", targetResources: [], ...given };
    this.#planted.put({ id, feed, at, visibleAt, properties });
    return id;
  }

  #recipe({ from, to, seed, late = false }: FeedSize, count: number): Omit<Recipe, "feed"> {
    const number = this.#recipes.lastPosition + 1;
    // Not the position itself: two recipes of one seed must differ.
    const mixed = (seed * 1_000 + number) | 0;
    return {
      id: `recipe-${number}`,
      number,
      count,
      seed: mixed,
      from,
      to,
      users: this.#directory.users.lastPosition,
      late,
    };
  }
}

const opened = new WeakMap<Store, Feeds>();

/** The feeds of a store; every service of a tenant shares them. */
export function feedsOf(store: Store, directory: Directory): Feeds {
  const known = opened.get(store);
  if (known !== undefined) return known;
  const feeds = new Feeds(store, directory);
  opened.set(store, feeds);
  return feeds;
}
