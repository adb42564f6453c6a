/** One of Graph's lists of events: made by recipes, or planted. */
import type { Collection } from "../core/types";
import type { PlainEntity } from "../directory/model";
import type { Actors } from "./actors";
import { arrivalDelay } from "./delays";
import { makeDirectoryAudit } from "./directory-audits";
import { guidOf, placeOf } from "./mix";
import type { LogName, PlantedEvent, Recipe } from "./model";
import { makeSignIn, type SignInKind, signInFails, signInKind } from "./sign-ins";
import type { EventSource } from "./source";
import { TimeLine } from "./time-line";

/** What can be told of an event before it is made; undefined where it can't. */
interface Traits {
  readonly kind?: SignInKind;
  readonly failed?: boolean;
}

/** Events of one log that come from one place. */
export interface LogSource extends EventSource<PlainEntity> {
  id(place: number): string;
  traits(place: number): Traits;
}

/** Events made by a recipe. Sign-ins lie at whole seconds, as the service writes them. */
class RecipeSource implements LogSource {
  readonly #recipe: Recipe;
  readonly #actors: Actors;
  readonly #line: TimeLine;

  constructor(recipe: Recipe, actors: Actors) {
    this.#recipe = recipe;
    this.#actors = actors;
    this.#line = new TimeLine(recipe.from, recipe.to);
  }

  get order(): number {
    return this.#recipe.number;
  }

  get count(): number {
    return this.#recipe.count;
  }

  at(place: number): number {
    const at = this.#line.at((place + 0.5) / this.#recipe.count);
    return this.#recipe.feed === "signIns" ? Math.floor(at / 1_000) * 1_000 : at;
  }

  key(place: number): number {
    return place;
  }

  visibleAt(place: number): number {
    return this.at(place) + (this.#recipe.late ? arrivalDelay(this.#recipe.seed, place) : 0);
  }

  id(place: number): string {
    const guid = guidOf(this.#recipe.seed, this.#recipe.number, place);
    return this.#recipe.feed === "signIns" ? guid : `Directory_${guid}`;
  }

  traits(place: number): Traits {
    if (this.#recipe.feed !== "signIns") return {};
    return { kind: signInKind(this.#recipe, place), failed: signInFails(this.#recipe, place) };
  }

  event(place: number): PlainEntity {
    const make = this.#recipe.feed === "signIns" ? makeSignIn : makeDirectoryAudit;
    return make(this.#actors, this.#recipe, place, this.at(place));
  }
}

/** Planted events in order of time. */
class PlantedSource implements LogSource {
  readonly order = 0;
  readonly #events: readonly { readonly event: PlantedEvent; readonly key: number }[];

  constructor(events: Iterable<PlantedEvent>, positionOf: (id: string) => number) {
    this.#events = [...events]
      .map((event) => ({ event, key: positionOf(event.id) }))
      .sort((left, right) => left.event.at - right.event.at || left.key - right.key);
  }

  get count(): number {
    return this.#events.length;
  }

  at(place: number): number {
    return this.#of(place).event.at;
  }

  key(place: number): number {
    return this.#of(place).key;
  }

  visibleAt(place: number): number {
    return this.#of(place).event.visibleAt;
  }

  id(place: number): string {
    return this.#of(place).event.id;
  }

  traits(): Traits {
    return {};
  }

  event(place: number): PlainEntity {
    const { id, properties } = this.#of(place).event;
    return { id, properties };
  }

  #of(place: number): { readonly event: PlantedEvent; readonly key: number } {
    const found = this.#events[place];
    if (found === undefined) throw new Error(`There is no planted event at place ${place}.`);
    return found;
  }
}

/** All events of one log. Sources are made anew when recipes or planted events were added or cleared. */
export class Log {
  readonly #feed: LogName;
  readonly #recipes: Collection<Recipe>;
  readonly #planted: Collection<PlantedEvent>;
  readonly #actors: Actors;
  #sources: readonly LogSource[] = [];
  #version = "";

  constructor(
    feed: LogName,
    stored: { recipes: Collection<Recipe>; planted: Collection<PlantedEvent> },
    actors: Actors,
  ) {
    this.#feed = feed;
    this.#recipes = stored.recipes;
    this.#planted = stored.planted;
    this.#actors = actors;
  }

  sources(): readonly LogSource[] {
    const version = [this.#recipes, this.#planted].map((all) => `${all.size}/${all.lastPosition}`).join(" ");
    if (version !== this.#version) {
      const planted = [...this.#planted.values()].filter(({ feed }) => feed === this.#feed);
      this.#sources = [
        new PlantedSource(planted, (id) => this.#planted.position(id) ?? 0),
        ...[...this.#recipes.values()]
          .filter(({ feed }) => feed === this.#feed)
          .map((recipe) => new RecipeSource(recipe, this.#actors)),
      ];
      this.#version = version;
    }
    return this.#sources;
  }

  /** The event with that id and when it happened. */
  find(
    id: string,
  ): { readonly event: PlainEntity; readonly at: number; readonly visibleAt: number } | undefined {
    const planted = this.#planted.get(id);
    if (planted?.feed === this.#feed) return { event: planted, at: planted.at, visibleAt: planted.visibleAt };
    const made = placeOf(id.replace(/^Directory_/i, ""));
    const source = this.sources().find(({ order }) => order === made?.recipe && order !== 0);
    if (source === undefined || made === undefined || made.place >= source.count) return undefined;
    if (source.id(made.place).toLowerCase() !== id.toLowerCase()) return undefined;
    const event = source.event(made.place);
    return { event, at: source.at(made.place), visibleAt: source.visibleAt(made.place) };
  }

  /** Ids of all events that can be seen at a moment and happened no earlier than another, in no order to rely on. */
  *ids(now: number, from = 0): Generator<string> {
    for (const source of this.sources()) {
      for (let place = 0; place < source.count; place += 1) {
        const at = source.at(place);
        if (at >= from && at <= now && source.visibleAt(place) <= now) yield source.id(place);
      }
    }
  }
}
