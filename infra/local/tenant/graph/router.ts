/** Finds the route of a path: literals without regard to case, doubled slashes collapsed, keys in both OData forms. */

import type { Method, Version } from "./authorization/endpoint-permissions";
import { badQuery } from "./errors";
import type { Route } from "./request";

/** A path taken apart. */
export interface MatchedPath {
  readonly route: Route;
  readonly ids: readonly string[];
  readonly cast: string | undefined;
  readonly counting: boolean;
}

interface Compiled<T> {
  readonly segments: readonly string[];
  readonly value: T;
}

/** A key in parentheses: `users('id')`, `applications(appId='…')`. */
const parenthesised = /^([^()]+)\((.*)\)$/;

/** Splits a path below the version into segments; keys in parentheses become segments of their own. */
export function splitPath(path: string): string[] {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map(decode)
    .flatMap((segment) => {
      // A function may be written with its empty list of parameters and with its namespace.
      if (/^(microsoft\.graph\.)?delta(\(\))?$/i.test(segment)) return ["delta"];
      const match = parenthesised.exec(segment);
      return match === null ? [segment] : [match[1] ?? "", plainKey(match[2] ?? "")];
    });
}

/** A malformed escape leaves the segment as it is: it then matches nothing. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** `'id'` and `id` are the key itself; `appId='…'` stays as it is, an alternate key. */
const plainKey = (key: string): string => key.replace(/^'(.*)'$/, "$1");

/** Looks up paths in a set of templates, literal segments before keys. */
export class PathTable<T> {
  /** Templates by their number of segments and their first one. */
  private readonly compiled = new Map<string, Compiled<T>[]>();

  constructor(entries: Iterable<readonly [template: string, value: T]>) {
    for (const [template, value] of entries) {
      const segments = template
        .toLowerCase()
        .split("/")
        .filter((segment) => segment !== "");
      const key = bucketOf(segments);
      const alike = this.compiled.get(key) ?? [];
      this.compiled.set(key, alike);
      alike.push({ segments, value });
    }
    for (const alike of this.compiled.values())
      alike.sort((left, right) => keyCount(left.segments) - keyCount(right.segments));
  }

  /** Values whose template fits, the most literal first, with the keys. */
  find(segments: readonly string[]): readonly { readonly value: T; readonly ids: readonly string[] }[] {
    const lower = segments.map((segment) => segment.toLowerCase());
    return (this.compiled.get(bucketOf(lower)) ?? [])
      .filter((entry) => fits(entry.segments, lower))
      .map(({ value, segments: template }) => ({
        value,
        ids: segments.filter((_, place) => template[place] === "{id}").map(normalizeKey),
      }));
  }
}

/** Every path of Graph begins with a literal segment. */
const bucketOf = (segments: readonly string[]): string => `${segments.length} ${segments[0] ?? ""}`;

const keyCount = (template: readonly string[]): number => template.filter((part) => part === "{id}").length;

function fits(template: readonly string[], segments: readonly string[]): boolean {
  return (
    template.length === segments.length &&
    template.every((part, place) =>
      part === "{id}" ? isKey(segments[place] ?? "") : part === segments[place],
    )
  );
}

/** `$count`, `$ref` and casts are never keys. */
const isKey = (segment: string): boolean => !/^(\$|microsoft\.graph\.)/.test(segment);

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const normalizeKey = (key: string): string => (guid.test(key) ? key.toLowerCase() : key);

/** Finds the route for a method and path; undefined when no template fits. */
export class Router {
  private readonly table: PathTable<Route>;

  constructor(routes: readonly Route[]) {
    this.table = new PathTable(routes.map((route) => [route.path, route] as const));
  }

  /** Throws 400 for a segment that the version does not know. */
  match(method: Method, version: Version, segments: readonly string[]): MatchedPath | undefined {
    const whole = this.matchSegments(method, version, segments);
    if (whole !== undefined) return { ...whole, cast: undefined, counting: false };
    const last = segments.at(-1) ?? "";
    const rest = segments.slice(0, -1);
    if (method !== "GET" || rest.length === 0) return undefined;
    if (last.toLowerCase() === "$count") {
      const inner = this.match(method, version, rest);
      return inner === undefined ? undefined : { ...inner, counting: true };
    }
    if (!/^microsoft\.graph\./i.test(last)) return undefined;
    const cast = this.matchSegments(method, version, rest);
    return cast === undefined ? undefined : { ...cast, cast: last, counting: false };
  }

  private matchSegments(method: Method, version: Version, segments: readonly string[]) {
    for (const { value: route, ids } of this.table.find(segments)) {
      if (route.method !== method || !(route.versions ?? [version]).includes(version)) continue;
      return { route, ids };
    }
    return undefined;
  }
}

/** 400 for a path that no version of Graph has, in its words. */
export const unknownSegment = (segments: readonly string[]): Error =>
  badQuery(`Resource not found for the segment '${segments[0] ?? ""}'.`);
