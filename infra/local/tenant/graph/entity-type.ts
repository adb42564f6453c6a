/** How entities of one kind look to Graph: their properties, what can be written, what can be expanded. */
import type { Entity } from "../core/types";
import type { Directory } from "../directory/open";
import type { Version } from "./authorization/endpoint-permissions";

/** The form of a property's value. `strings` and `objects` are arrays. */
export type ValueKind = "string" | "boolean" | "number" | "date" | "strings" | "object" | "objects";

/** One property of an entity type. */
export interface Property {
  readonly kind: ValueKind;
  /** What is returned where nothing is stored; null unless given. */
  readonly default?: unknown;
  /** `read-only`: never in a body; `create`: only in a POST. */
  readonly access?: "read-only" | "create";
  /** Returned only when it is named in `$select`. */
  readonly onlySelected?: true;
  /** The only version that knows it. */
  readonly version?: Version;
}

/** An entity with its type: lists such as the members of a group mix types. */
export interface Item {
  readonly type: EntityType;
  readonly entity: Entity;
}

/** What `$expand` and a navigation path give: one item, none, or several. */
export type Related = Item | null | Iterable<Item>;

/** A navigation that `$expand` answers. */
export interface Navigation {
  readonly related: (entity: Entity, directory: Directory) => Related;
  /** Path template whose permissions are needed to expand it; absent: those of the entity suffice. */
  readonly path?: string;
  /** Graph returns at most 20 directory objects of an expanded collection. */
  readonly limit?: number;
}

/** Everything that the generic handlers need to know of a kind of entity. */
export interface EntityType {
  /** Without `microsoft.graph.`: `user`. */
  readonly name: string;
  readonly properties: Readonly<Record<string, Property>>;
  /** What v1.0 returns without `$select`; all properties when absent. */
  readonly defaultSelect?: readonly string[];
  /** Whether queries follow the rules of directory objects (ConsistencyLevel for advanced ones). */
  readonly directoryObject: boolean;
  /** Values that are not stored under the property's name. */
  readonly computed: Readonly<Record<string, (entity: Entity, directory: Directory) => unknown>>;
  readonly navigations: () => Readonly<Record<string, Navigation>>;
  /** Page sizes: default and largest. */
  readonly page: { readonly default: number; readonly maximum: number };
}

interface Definition<T extends Entity> {
  readonly name: string;
  readonly properties: Readonly<Record<string, Property>>;
  readonly defaultSelect?: readonly string[];
  readonly directoryObject?: boolean;
  readonly computed?: Readonly<Record<string, (entity: T, directory: Directory) => unknown>>;
  /** A function, because types refer to one another. */
  readonly navigations?: () => Readonly<Record<string, NavigationOf<T>>>;
  readonly page?: { readonly default: number; readonly maximum: number };
}

interface NavigationOf<T extends Entity> extends Omit<Navigation, "related"> {
  readonly related: (entity: T, directory: Directory) => Related;
}

/** Declares an entity type. The functions given see only entities of that type. */
export function defineType<T extends Entity>(definition: Definition<T>): EntityType {
  const type = {
    directoryObject: false,
    computed: {},
    navigations: () => ({}),
    page: { default: 100, maximum: 999 },
    ...definition,
  };
  // Items pair each entity with its own type, so a function only ever meets the entities it was written for.
  return type as unknown as EntityType;
}

const plain =
  (kind: ValueKind) =>
  (extra: Omit<Property, "kind"> = {}): Property => ({ kind, ...extra });

/** Shorthands for property tables. */
export const text = plain("string");
export const flag = plain("boolean");
export const integer = plain("number");
export const date = plain("date");
export const object = plain("object");
export const texts = (extra: Omit<Property, "kind"> = {}): Property => ({
  kind: "strings",
  default: [],
  ...extra,
});
export const objects = (extra: Omit<Property, "kind"> = {}): Property => ({
  kind: "objects",
  default: [],
  ...extra,
});
/** For properties that the service sets itself. */
export const readOnly = { access: "read-only" } as const;

/** The stored or computed value of a property, or its default. */
export function readProperty({ type, entity }: Item, name: string, directory: Directory): unknown {
  const compute = type.computed[name];
  if (compute !== undefined) return compute(entity, directory);
  const fields = entity as unknown as Readonly<Record<string, unknown>>;
  const own = fields[name];
  if (own !== undefined) return own;
  const stored = fields.properties as Readonly<Record<string, unknown>> | undefined;
  return stored?.[name] ?? type.properties[name]?.default ?? null;
}
