/** Exchange's content blobs: which there are, when they were made, and the records in them. */
import { randomUUID } from "node:crypto";
import type { Collection } from "../core/types";
import type { Actors } from "./actors";
import { ContentBytes } from "./content-bytes";
import { arrivalDelay } from "./delays";
import { type ExchangeRecord, isMalformed, makeExchangeRecord, recordId } from "./exchange-records";
import { mix } from "./mix";
import type { ContentRecipe, PlantedBlob, Recipe } from "./model";
import { type EventSource, type Found, type Stretch, walk } from "./source";
import { TimeLine } from "./time-line";

/** A blob of content: `records` makes them. */
export interface ContentBlob {
  readonly id: string;
  readonly created: number;
  readonly visibleAt: number;
  readonly records: () => readonly ExchangeRecord[];
}

const isContent = (recipe: Recipe): recipe is ContentRecipe => recipe.feed === "exchange";

/** Blobs of a recipe. Each holds its share of the records; every tenth also the last record of the one before. */
class RecipeBlobs implements EventSource<ContentBlob> {
  readonly recipe: ContentRecipe;
  readonly #actors: Actors;
  readonly #line: TimeLine;

  constructor(recipe: ContentRecipe, actors: Actors) {
    this.recipe = recipe;
    this.#actors = actors;
    this.#line = new TimeLine(recipe.from, recipe.to);
  }

  get order(): number {
    return this.recipe.number;
  }

  get count(): number {
    return this.recipe.blobs;
  }

  at(place: number): number {
    return this.#line.at((place + 0.5) / this.recipe.blobs);
  }

  key(place: number): number {
    return place;
  }

  visibleAt(place: number): number {
    return this.at(place) + (this.recipe.late ? arrivalDelay(this.recipe.seed, place) : 0);
  }

  /** Places of the records of a blob, in no order of time. */
  places(blob: number): readonly number[] {
    const { count, blobs, seed } = this.recipe;
    const [first, end] = [Math.floor((blob * count) / blobs), Math.floor(((blob + 1) * count) / blobs)];
    const places = Array.from({ length: end - first }, (_, index) => first + index);
    if (blob > 0 && mix(seed, blob, 41) % 10 === 0) places.push(first - 1);
    const turn = places.length === 0 ? 0 : mix(seed, blob, 42) % places.length;
    return [...places.slice(turn), ...places.slice(0, turn)];
  }

  event(place: number): ContentBlob {
    const created = this.at(place);
    const { number } = this.recipe;
    return {
      id: contentId(created, `${String(number).padStart(4, "0")}${String(place).padStart(8, "0")}`),
      created,
      visibleAt: this.visibleAt(place),
      records: () => this.places(place).map((record) => this.#record(place, record)),
    };
  }

  /** A record that is in two blobs says the same in both: when it happened depends on the first. */
  #record(blob: number, record: number): ExchangeRecord {
    const { blobs, count } = this.recipe;
    const own = record < Math.floor((blob * count) / blobs) ? blob - 1 : blob;
    return makeExchangeRecord(this.#actors, this.recipe, record, this.at(own));
  }
}

/** The form of the service's own ids: when, which, what, and from where. */
const contentId = (created: number, which: string): string =>
  `${new Date(created).toISOString().replace(/\D/g, "")}$${which}$audit_exchange$Audit_Exchange$local0001`;

/** Blobs that were planted. */
class PlantedBlobs implements EventSource<ContentBlob> {
  readonly order = 0;
  readonly #blobs: readonly { readonly blob: PlantedBlob; readonly key: number }[];

  constructor(blobs: Collection<PlantedBlob>) {
    this.#blobs = [...blobs.values()]
      .map((blob) => ({ blob, key: blobs.position(blob.id) ?? 0 }))
      .sort((left, right) => left.blob.created - right.blob.created || left.key - right.key);
  }

  get count(): number {
    return this.#blobs.length;
  }

  at(place: number): number {
    return this.#of(place).blob.created;
  }

  key(place: number): number {
    return this.#of(place).key;
  }

  visibleAt(place: number): number {
    return this.#of(place).blob.visibleAt;
  }

  event(place: number): ContentBlob {
    const { id, created, visibleAt, records } = this.#of(place).blob;
    return { id, created, visibleAt, records: () => records };
  }

  #of(place: number): { readonly blob: PlantedBlob; readonly key: number } {
    const found = this.#blobs[place];
    if (found === undefined) throw new Error(`There is no planted blob at place ${place}.`);
    return found;
  }
}

/** All content of Audit.Exchange. */
export class ContentFeed {
  readonly #recipes: Collection<Recipe>;
  readonly #planted: Collection<PlantedBlob>;
  readonly #actors: Actors;
  readonly #bytes = new ContentBytes();
  #made: readonly RecipeBlobs[] = [];
  #version = "";

  constructor(recipes: Collection<Recipe>, planted: Collection<PlantedBlob>, actors: Actors) {
    this.#recipes = recipes;
    this.#planted = planted;
    this.#actors = actors;
  }

  /** Blobs by when they were made. */
  walk(stretch: Stretch): Generator<Found<ContentBlob>> {
    return walk<ContentBlob>([new PlantedBlobs(this.#planted), ...this.#recipeBlobs()], stretch);
  }

  find(id: string): ContentBlob | undefined {
    const planted = this.#planted.get(id);
    if (planted !== undefined) return { ...planted, records: () => planted.records };
    const [, recipe, place] = /^\d+\$(\d{4})(\d{8})\$/.exec(id) ?? [];
    const source = this.#recipeBlobs().find(({ order }) => order === Number(recipe));
    if (source === undefined || Number(place) >= source.count) return undefined;
    const blob = source.event(Number(place));
    return blob.id === id ? blob : undefined;
  }

  /** A blob as it is sent: a JSON list of its records. */
  bytes(blob: ContentBlob): Buffer<ArrayBuffer> {
    return this.#bytes.of(blob);
  }

  /** Puts a blob in; answers its id. */
  plant(created: number, visibleAt: number, records: readonly ExchangeRecord[]): string {
    const which = `0000${String(this.#planted.lastPosition + 1).padStart(8, "0")}`;
    return this.#planted.put({ id: contentId(created, which), created, visibleAt, records }).id;
  }

  /** Records that can be put into a planted blob: made like all others. */
  fresh(count: number, created: number): readonly ExchangeRecord[] {
    const number = this.#recipes.lastPosition + this.#planted.lastPosition + 1;
    const base = { id: randomUUID(), number, feed: "exchange", seed: number, users: 0, late: false } as const;
    const recipe: ContentRecipe = {
      ...base,
      count,
      from: created,
      to: created,
      blobs: 1,
      malformed: 0,
      huge: 0,
    };
    return Array.from({ length: count }, (_, place) => ({
      ...makeExchangeRecord(this.#actors, recipe, place, created),
      Id: randomUUID(),
    }));
  }

  /** Ids of the records that can be seen at a moment and read as the schema says; each once. */
  *recordIds(now: number, malformed = false): Generator<string> {
    for (const blobs of this.#recipeBlobs()) {
      const { recipe } = blobs;
      for (let blob = 0; blob < blobs.count; blob += 1) {
        if (blobs.at(blob) > now || blobs.visibleAt(blob) > now) continue;
        const [first, end] = [blob, blob + 1].map((edge) => Math.floor((edge * recipe.count) / recipe.blobs));
        for (let place = first ?? 0; place < (end ?? 0); place += 1) {
          if (isMalformed(recipe, place) === malformed) yield recordId(recipe, place);
        }
      }
    }
    if (malformed) return;
    const seen = new Set<string>();
    for (const { visibleAt, created, records } of this.#planted.values()) {
      if (visibleAt > now || created > now) continue;
      for (const { Id } of records) if (typeof Id === "string") seen.add(Id);
    }
    yield* seen;
  }

  #recipeBlobs(): readonly RecipeBlobs[] {
    const version = `${this.#recipes.size}/${this.#recipes.lastPosition}`;
    if (version !== this.#version) {
      this.#made = [...this.#recipes.values()]
        .filter(isContent)
        .map((recipe) => new RecipeBlobs(recipe, this.#actors));
      this.#bytes.clear();
      this.#version = version;
    }
    return this.#made;
  }
}
