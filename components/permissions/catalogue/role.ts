/** What a published application permission lets an app do: only read, or change something. */
export type Effect = "read" | "write";

/** A line of a generated catalogue: value, id, effect, title, description; `disabled` where Microsoft publishes it switched off. */
export type RoleRow = readonly [
  value: string,
  id: string,
  effect: Effect,
  title: string,
  description: string,
  state?: "disabled",
];

/** An application permission of an API. */
export interface CatalogueRole<Value extends string = string> {
  /** Name of the permission, for example `User.Read.All`. */
  readonly value: Value;
  /** Id of the app role on the API's service principal, the same in every tenant. */
  readonly id: string;
  readonly effect: Effect;
  /** A few words, as the portal shows them. */
  readonly title: string;
  readonly description: string;
  readonly enabled: boolean;
}
