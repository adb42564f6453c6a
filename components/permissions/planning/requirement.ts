import type { ApiName } from "../catalogue/apis";

/** A permission that a connector is to ask for, before ids and tiers are looked up. */
export interface Requirement {
  readonly api: ApiName;
  readonly value: string;
  readonly because: readonly string[];
  /** Settings that bring it. */
  readonly settings: readonly string[];
}

/** A requirement that other requirements make unnecessary. */
export interface Covered extends Requirement {
  readonly by: readonly string[];
}

/** A directory role that a connector's service principal is to hold. */
export interface DirectoryRoleRequirement {
  readonly displayName: string;
  readonly because: readonly string[];
  readonly settings: readonly string[];
}

/** All that a connector needs. */
export interface Requirements {
  readonly roles: readonly Requirement[];
  readonly covered: readonly Covered[];
  readonly directoryRoles: readonly DirectoryRoleRequirement[];
}

/** Joins items of the same key: reasons and settings are collected, each once, in order of appearance. */
export function joinReasons<
  T extends { readonly because: readonly string[]; readonly settings: readonly string[] },
>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const joined = new Map<string, T>();
  for (const item of items) {
    const known = joined.get(key(item));
    joined.set(
      key(item),
      known === undefined
        ? item
        : {
            ...known,
            because: unique([...known.because, ...item.because]),
            settings: unique([...known.settings, ...item.settings]),
          },
    );
  }
  return [...joined.values()];
}

/** Each text once, in order of appearance. */
export function unique<Text extends string>(texts: readonly Text[]): readonly Text[] {
  return [...new Set(texts)];
}

/** Orders by text as a byte comparison does: the same on every machine and in every language. */
export function byText<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => {
    const [left, right] = [key(a), key(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
}
