import type { Limits } from "../../http/time";
import type { ArmKind } from "../api-versions";
import type { ArmResource } from "../arm";
import type { Azure } from "../azure";
import type { ArmBody } from "./body";

/** What there is to say about a resource type beyond the shape of the SDK's class. Paths are dotted, without indexes. */
export interface ArmTypeDescription {
  /** `azure-native:<module>:<class>`. */
  readonly token: string;
  readonly kind: ArmKind;
  readonly description: string;
  /**
   * The ARM path below the subscription's resource group (`{resourceGroupName}`), or below any scope. A `{place}` is the
   * input of that name; `{scope}` and `{resourceUri}` hold whole paths.
   */
  readonly path: string;
  /** The place whose input may be left out, and how long a name may be that is made instead. */
  readonly autoname?: { readonly property: string; readonly longest: number };
  /** What names must look like, by place. */
  readonly names?: Readonly<Record<string, { readonly pattern: RegExp; readonly rule: string }>>;
  /** Inputs that the body has beside `properties`; those that most types have where nothing is said. */
  readonly beside?: readonly string[];
  /** Objects whose own properties the SDK flattens as it does the resource's. */
  readonly flattened?: readonly string[];
  /** Names in the SDK that are others in ARM, by path in the SDK. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Further inputs whose change replaces; those of the path and the location always do. */
  readonly replaceOn?: readonly string[];
  /** Properties that are resources of their own too: a write that leaves them out keeps those that are there. */
  readonly keptWhenUndeclared?: readonly string[];
  /** There from the start: it is written without a look whether it exists, and deleting it writes this body. */
  readonly resetTo?: ArmBody;
  /** Query that the deletion has beside the API version. */
  readonly deleteQuery?: string;
  /** Adds what only a further call tells. */
  readonly complete?: (azure: Azure, resource: ArmResource, limits: Limits) => Promise<ArmResource>;
}

/** The inputs that most bodies have beside `properties`. */
export const USUALLY_BESIDE: readonly string[] = [
  "extendedLocation",
  "identity",
  "kind",
  "location",
  "sku",
  "tags",
];
