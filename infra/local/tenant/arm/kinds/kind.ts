/** How a resource type is described, so that all types are served by the same operations. */
import type { z } from "zod";
import type { ArmType } from "../api-versions";
import type { ArmCall, ArmContext, ArmOperation } from "../call";
import type { Resource } from "../model";

/** What a request declares of a resource, checked by its kind's schema. */
export interface Declared {
  readonly kind?: string | undefined;
  readonly sku?: Readonly<Record<string, unknown>> | undefined;
  readonly identity?: DeclaredIdentity | undefined;
  readonly extendedLocation?: unknown;
  readonly zones?: readonly string[] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The managed identities that a resource is to have. */
interface DeclaredIdentity {
  readonly type: string;
  /** Keys: resource ids as declared. */
  readonly userAssignedIdentities?: Readonly<Record<string, unknown>> | null | undefined;
}

/** A write before it is stored. */
export interface Write<P> {
  readonly call: ArmCall;
  /** The id that the resource has or will have, in the casing of Azure. */
  readonly path: string;
  /** Its own name. */
  readonly name: string;
  /** The region it is declared for. */
  readonly location: string | undefined;
  readonly declared: Omit<Declared, "properties"> & { readonly properties: P };
  readonly current: Resource | undefined;
  /** The resource that it is in, for a child that has one. */
  readonly parent: Resource | undefined;
}

/** Values that are made at creation and kept, such as keys and GUIDs. */
type Generated = Readonly<Record<string, string>>;

/** What the service adds to a write. */
interface Completed {
  readonly generated?: Generated;
  /** Stored instead of the declared properties. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A resource that is being told. */
export interface View {
  readonly call: ArmContext;
  readonly resource: Resource;
}

/** How clients learn that a write or a deletion is done, where Azure does not do it at once. */
type LongRunning = "location" | "async-operation";

/** A resource type. */
export interface KindDefinition<S extends z.ZodType<Record<string, unknown>>> {
  readonly type: ArmType;
  /** The members of `properties` that are checked; further ones are kept as declared. */
  readonly properties: S;
  /** Whether it lies in a region, in none but `global`, or has no location at all. */
  readonly location: "region" | "global" | "none";
  /** On any scope instead of below its parent type. */
  readonly extension?: true;
  /** The only names there are; a singleton's may be there without having been written (`implicit`). */
  readonly names?: readonly string[];
  readonly implicit?: true;
  /** Whether a name is taken by one anywhere in Azure, with the refusal's code and words. */
  readonly globalName?: (name: string) => Error;
  readonly create?: LongRunning;
  readonly delete?: LongRunning;
  /** The status of a creation that is done at once. Default 201. */
  readonly created?: 200 | 201;
  /** Checks a write further. @throws ArmError */
  check?(write: Write<z.output<S>>): void | Promise<void>;
  /** What is stored beyond, or instead of, what was declared. */
  complete?(write: Write<z.output<S>>): Completed;
  /** Sets things going after a write was stored. */
  stored?(view: View, write: Write<z.output<S>>): void | Promise<void>;
  /** Read-only members, and defaults: all of `properties` as it is told, and members beside it. */
  show(view: View): { readonly properties: object; readonly [member: string]: unknown };
  /** What goes with the resource, before it is removed. */
  removed?(context: ArmContext, resource: Resource): void | Promise<void>;
  /** Refuses a deletion. @throws ArmError */
  checkRemoval?(call: ArmCall, resource: Resource): void;
  /** Operations beyond reading and writing. */
  readonly operations?: readonly ArmOperation[];
}

/** A resource type whose schema no longer matters to the caller. */
export type Kind = KindDefinition<z.ZodType<Record<string, unknown>>>;

/** Describes a resource type. */
export function kind<S extends z.ZodType<Record<string, unknown>>>(definition: KindDefinition<S>): Kind {
  // The operations parse by `properties` before they call `check`, so what it gets is what its schema puts out.
  return definition as unknown as Kind;
}
