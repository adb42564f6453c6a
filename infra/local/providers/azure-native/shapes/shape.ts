/** The shape of a value as the SDK declares it. In a map a name that ends in `?` may be absent. */
export type Shape =
  | "string"
  | "number"
  | "boolean"
  | "any"
  /** A list. */
  | readonly [Shape]
  /** Named properties; the name `*` stands for any name. */
  | { readonly [name: string]: Shape };

/** What the SDK's class of a resource type takes and tells. */
export interface ResourceShape {
  readonly inputs: { readonly [name: string]: Shape };
  readonly outputs: readonly string[];
}
