import type { Literal } from "./filter-tokens";

/** A property, or a property of a complex property: `["info", "logoUrl"]`. */
export type Path = readonly string[];

/** The operators that compare a property with a value. */
export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le";

/** The functions that test a string property. */
export type StringTest = "startswith" | "endswith" | "contains";

/** A parsed filter. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly inner: Filter }
  | {
      readonly kind: "compare";
      readonly path: Path;
      readonly count: boolean;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: "in"; readonly path: Path; readonly values: readonly Literal[] }
  | { readonly kind: "test"; readonly test: StringTest; readonly path: Path; readonly value: string }
  | {
      readonly kind: "any" | "all";
      readonly path: Path;
      /** The range variable; a path inside that starts with it means the element. */
      readonly variable: string | null;
      readonly inner: Filter | null;
    };
