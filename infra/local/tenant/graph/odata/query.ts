/** The system query options of one request, parsed and checked. */
import { badQuery } from "../errors";
import { type Expand, parseExpand } from "./expand";
import { parseFilter } from "./filter-parser";
import type { Filter } from "./filter-syntax";
import { parseSearch, type SearchTerm } from "./search";

/** One `$orderby` item. */
interface Ordering {
  readonly property: string;
  readonly descending: boolean;
}

/** What a request asks for, whatever the resource. */
export interface Query {
  readonly select: readonly string[] | undefined;
  readonly filter: Filter | undefined;
  readonly search: readonly SearchTerm[] | undefined;
  readonly orderBy: readonly Ordering[];
  readonly top: number | undefined;
  readonly count: boolean;
  readonly expand: readonly Expand[];
  readonly skipToken: string | undefined;
  readonly deltaToken: string | undefined;
  /** Whether the request carries `ConsistencyLevel: eventual`. */
  readonly eventual: boolean;
}

const known: ReadonlySet<string> = new Set([
  "$select",
  "$filter",
  "$search",
  "$orderby",
  "$top",
  "$count",
  "$expand",
  "$skiptoken",
  "$deltatoken",
  "$format",
]);

/**
 * Parses the options; names may be written without `$`, as beta and v1.0 allow. With a `$skiptoken` the options may be
 * repeated (clients add theirs again to an absolute nextLink); the first of each counts.
 */
export function parseQuery(parameters: URLSearchParams, consistencyLevel: string | null): Query {
  const options = readOptions(parameters);
  const list = (name: string): readonly string[] | undefined => {
    const text = options.get(name);
    if (text === undefined) return undefined;
    return text
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "");
  };
  const filter = options.get("$filter");
  const search = options.get("$search");
  const expand = options.get("$expand");
  return {
    select: list("$select"),
    filter: filter === undefined ? undefined : parseFilter(filter),
    search: search === undefined ? undefined : parseSearch(search),
    orderBy: (list("$orderby") ?? []).map(parseOrdering),
    top: parseTop(options.get("$top")),
    count: parseCount(options.get("$count")),
    expand: expand === undefined ? [] : parseExpand(expand),
    skipToken: options.get("$skiptoken"),
    deltaToken: options.get("$deltatoken"),
    eventual: consistencyLevel?.toLowerCase() === "eventual",
  };
}

function readOptions(parameters: URLSearchParams): Map<string, string> {
  const options = new Map<string, string>();
  const continued = [...parameters.keys()].some((name) => /^\$(skip|delta)token$/i.test(name));
  for (const [name, value] of parameters) {
    const lower = name.toLowerCase();
    const option = known.has(`$${lower}`) ? `$${lower}` : lower;
    if (option.startsWith("$") && !known.has(option)) {
      throw badQuery(`The query parameter '${name}' is not supported.`);
    }
    if (!option.startsWith("$")) continue;
    if (!options.has(option)) options.set(option, value);
    else if (!continued) {
      throw badQuery(
        `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      );
    }
  }
  return options;
}

function parseTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) === 0) {
    throw badQuery(
      `Invalid value '${text}' for $top query option found. The $top query option requires a positive integer value.`,
    );
  }
  return Number(text);
}

function parseCount(text: string | undefined): boolean {
  if (text === undefined) return false;
  if (text !== "true" && text !== "false") {
    throw badQuery(
      `Invalid value '${text}' for $count query option found. Valid values are 'true' and 'false'.`,
    );
  }
  return text === "true";
}

function parseOrdering(item: string): Ordering {
  const [property, direction, ...rest] = item.split(/\s+/);
  if (property === undefined || rest.length > 0 || (direction ?? "asc").match(/^(asc|desc)$/) === null) {
    throw badQuery(`Syntax error in $orderby: '${item}'.`);
  }
  return { property, descending: direction === "desc" };
}
