/** Checks a query against a type, and turns filter and search into one test. */

import type { Directory } from "../../directory/open";
import { type EntityType, type Item, readProperty } from "../entity-type";
import { badQuery, unsupportedQuery } from "../errors";
import { matches, readInside } from "./filter-evaluation";
import type { Filter, Path } from "./filter-syntax";
import type { Query } from "./query";
import { matchesSearch } from "./search";

/** Throws 400 when the filter names an unknown property, or needs ConsistencyLevel and has it not. */
export function checkConditions(type: EntityType, query: Query): void {
  if (query.filter !== undefined) {
    checkPaths(query.filter, type, []);
    if (type.directoryObject && !query.eventual && isAdvanced(query.filter)) throw advancedOnly("$filter");
  }
  for (const { property } of query.orderBy) {
    const first = property.split("/")[0] ?? property;
    if (type.properties[first] === undefined) throw unknownProperty(property, type);
  }
  if (!type.directoryObject || query.eventual) return;
  if (query.search !== undefined) {
    throw badQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  if (query.orderBy.length > 0 && query.filter !== undefined) {
    throw unsupportedQuery("Sorting not supported for current query.");
  }
}

const unknownProperty = (name: string, type: EntityType): Error =>
  badQuery(
    `Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
  );

const advancedOnly = (what: string): Error =>
  unsupportedQuery(
    `The ${what} is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
  );

function checkPaths(filter: Filter, type: EntityType, variables: readonly string[]): void {
  switch (filter.kind) {
    case "and":
    case "or":
      checkPaths(filter.left, type, variables);
      checkPaths(filter.right, type, variables);
      break;
    case "not":
      checkPaths(filter.inner, type, variables);
      break;
    default:
      checkPath(filter.path, type, variables);
      if ((filter.kind === "any" || filter.kind === "all") && filter.inner !== null) {
        checkPaths(filter.inner, type, [...variables, filter.variable ?? ""]);
      }
  }
}

function checkPath(path: Path, type: EntityType, variables: readonly string[]): void {
  const first = path[0] ?? "";
  if (variables.includes(first)) return;
  if (type.properties[first] === undefined && type.navigations()[first] === undefined) {
    throw unknownProperty(path.join("/"), type);
  }
}

/** Operators that the directory answers only eventually consistently (page "Advanced query capabilities"). */
function isAdvanced(filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
    case "or":
      return isAdvanced(filter.left) || isAdvanced(filter.right);
    case "not":
      return true;
    case "test":
      return filter.test !== "startswith";
    case "compare":
      return filter.operator === "ne" || filter.count;
    default:
      return false;
  }
}

/** The test of an item by the query's filter and search. */
export function condition(query: Query, directory: Directory): (item: Item) => boolean {
  const { filter, search } = query;
  if (filter === undefined && search === undefined) return () => true;
  return (item) => {
    const read = (path: Path): unknown => {
      const [first = "", ...rest] = path;
      const navigation = item.type.navigations()[first];
      const value =
        navigation !== undefined && item.type.properties[first] === undefined
          ? relatedEntities(navigation.related(item.entity, directory))
          : readProperty(item, first, directory);
      return rest.length === 0 ? value : readInside(value, rest);
    };
    if (filter !== undefined && !matches(filter, read)) return false;
    return search === undefined || matchesSearch(search, (property) => read([property]));
  };
}

function relatedEntities(
  related: ReturnType<ReturnType<EntityType["navigations"]>[string]["related"]>,
): unknown {
  if (related === null) return null;
  return Symbol.iterator in related ? [...related].map((item) => item.entity) : related.entity;
}

/** Values that the filter demands of a property by `eq`, for a look-up by index; only where every match must have it. */
export function demanded(filter: Filter | undefined): ReadonlyMap<string, string> {
  if (filter?.kind === "and") return new Map([...demanded(filter.left), ...demanded(filter.right)]);
  if (filter?.kind !== "compare" || filter.operator !== "eq" || filter.count) return new Map();
  const [property, ...rest] = filter.path;
  const { value } = filter;
  if (property === undefined || rest.length > 0 || typeof value !== "string") return new Map();
  return new Map([[property, value]]);
}
