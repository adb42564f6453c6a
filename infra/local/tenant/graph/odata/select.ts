/** Makes the JSON of an item: properties by `$select` or default, navigations by `$expand`. */

import { type EntityType, type Item, type Navigation, type Related, readProperty } from "../entity-type";
import { badQuery, denied } from "../errors";
import type { GraphRequest } from "../request";
import type { Expand } from "./expand";
import { type Projection, projectionOf } from "./projection";

type Json = Record<string, unknown>;

/** Part of a request that rendering needs. */
export type RenderContext = Pick<GraphRequest, "directory" | "version" | "mayCall" | "reach">;

/** What a request asks of each entity. */
export interface Shape {
  readonly select: readonly string[] | undefined;
  readonly expand: readonly Expand[];
}

/** Properties that User.ReadBasic.All opens (Microsoft Graph permissions reference). */
const basicProperties = new Set([
  "displayName",
  "givenName",
  "id",
  "mail",
  "photo",
  "surname",
  "userPrincipalName",
  "securityIdentifier",
]);

/** Throws 400 when a selected property or an expanded navigation does not exist on the type. */
export function checkShape(type: EntityType, shape: Shape, context: RenderContext): void {
  for (const name of shape.select ?? []) {
    if (name === "*" || name.startsWith("microsoft.graph.")) continue;
    const property = type.properties[name.split("/")[0] ?? name];
    const hidden = property?.version !== undefined && property.version !== context.version;
    const selectable = (property !== undefined && !hidden) || type.navigations()[name] !== undefined;
    if (!selectable) throw unknownProperty(name, type);
  }
  for (const { navigation } of shape.expand) {
    if (navigation !== "*" && type.navigations()[navigation] === undefined)
      throw unknownProperty(navigation, type);
  }
}

const unknownProperty = (name: string, type: EntityType): Error =>
  badQuery(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
  );

/** Makes the JSON text of items, many of one shape. */
export function textRenderer(shape: Shape, context: RenderContext, typed: boolean): (item: Item) => string {
  if (shape.expand.length > 0 || context.reach === "basic") {
    return (item) => JSON.stringify(render(item, shape, context, typed));
  }
  const projections = new Map<EntityType, Projection>();
  return ({ type, entity }) => {
    let project = projections.get(type);
    if (project === undefined) {
      project = projectionOf(type, selectedProperties(type, shape, context), { typed });
      projections.set(type, project);
    }
    return project(entity, context.directory);
  };
}

/** The item as Graph returns it. `typed` adds `@odata.type`, which lists of mixed types carry. */
export function render(item: Item, shape: Shape, context: RenderContext, typed = false): Json {
  const json: Json = typed ? { "@odata.type": `#microsoft.graph.${item.type.name}` } : {};
  for (const name of selectedProperties(item.type, shape, context)) {
    if (context.reach === "basic" && !basicProperties.has(name)) json[name] = null;
    else json[name] = readProperty(item, name, context.directory);
  }
  for (const expand of shape.expand) expandInto(json, item, expand, context);
  return json;
}

/** Names of the properties that a shape shows. */
export function selectedProperties(
  type: EntityType,
  shape: Shape,
  context: Pick<RenderContext, "version">,
): readonly string[] {
  const asked = shape.select?.filter((name) => name !== "*").map((name) => name.split("/")[0] ?? name);
  if (asked !== undefined && asked.length > 0 && !shape.select?.includes("*")) {
    return asked.filter((name) => type.properties[name] !== undefined);
  }
  if (type.defaultSelect !== undefined && context.version === "v1.0") return type.defaultSelect;
  return Object.entries(type.properties)
    .filter(([, property]) => property.onlySelected === undefined)
    .filter(([, property]) => property.version === undefined || property.version === context.version)
    .map(([name]) => name);
}

function expandInto(json: Json, item: Item, expand: Expand, context: RenderContext): void {
  const navigation = item.type.navigations()[expand.navigation];
  if (navigation === undefined) return;
  if (navigation.path !== undefined && !context.mayCall("GET", navigation.path)) throw denied();
  json[expand.navigation] = expanded(navigation, item, expand, context);
}

function expanded(navigation: Navigation, item: Item, expand: Expand, context: RenderContext): unknown {
  const shape: Shape = { select: expand.select, expand: expand.expand };
  const related = navigation.related(item.entity, context.directory);
  if (related === null) return null;
  if (!isIterable(related)) return render(related, shape, context, related.type.directoryObject);
  const values: Json[] = [];
  for (const one of related) {
    if (values.length === navigation.limit) break;
    values.push(render(one, shape, context, one.type.directoryObject));
  }
  return values;
}

const isIterable = (related: Related): related is Iterable<Item> =>
  related !== null && Symbol.iterator in related;
