/** A collection of the directory that Graph tracks the changes of, as its stream describes it. */
import type { RecordChange, RecordType } from "../../model/record";
import type { StreamName } from "../../model/stream-names";
import type { StreamContext } from "../stream";
import { edge } from "./edge";
import type { Pass } from "./pass";
import type { Degraded } from "./place";
import type { GraphObject, ObjectShape } from "./shape";

/** A relation whose edges are records of their own, `<parent id>/<related id>`. */
export interface RelationKind {
  /** Name of the navigation, for example `members`. */
  readonly name: string;
  readonly type: RecordType;
  /** Read from beta: v1.0 leaves some of them out. */
  readonly beta?: boolean;
  /** Names of the two ids and of the related object's kind in the record, for example `groupId`, `memberId`, `memberType`. */
  readonly keys: { readonly parent: string; readonly related: string; readonly kind: string };
}

/** A reading of its own after the objects themselves. */
export interface FollowingPass extends Pass {
  /** The type of record that it reads wholly in every run. */
  readonly type: string;
  /** Not needed when everything is read: the pages of the objects hold it inline. */
  readonly incrementsOnly: boolean;
  /** What is missing without it, where the run goes on all the same. */
  tolerate?(error: unknown): Degraded | undefined;
}

/** What a run leaves out. */
export interface Exclusions {
  readonly users: ReadonlySet<string>;
  readonly onPremisesGroups: boolean;
}

export interface DirectorySource {
  readonly name: StreamName;
  /** Path of the collection; its delta function is below it. */
  readonly path: string;
  readonly type: RecordType;
  readonly shape: ObjectShape;
  /** Relations that delta pages hold too. */
  readonly tracked: readonly RelationKind[];
  /** Relations that pages of the collection hold inline, as far as Graph shows them there; one a reading of the pages. */
  readonly inline: readonly RelationKind[];
  /** True when settings leave objects or edges out. */
  readonly filtered: boolean;
  /** Properties that decide whether an object, or what hangs on it, is left out. */
  readonly decisive?: readonly string[];
  /** Objects that are left out. */
  excludes?(object: GraphObject, exclusions: Exclusions): boolean;
  following?(context: StreamContext, exclusions: Exclusions): readonly FollowingPass[];
}

/** Path of the first delta page; `latest` gives a delta link and nothing else. */
export function deltaPath(source: DirectorySource, latest: boolean): string {
  const select = [source.shape.select, ...source.tracked.map(({ name }) => name)].join(",");
  return `${source.path}/delta?$select=${select}${latest ? "&$deltatoken=latest" : ""}`;
}

/** An edge as a delta page has it: there, or gone. */
export function trackedEdge(kind: RelationKind, parent: string, related: GraphObject): RecordChange {
  if (related["@removed"] === undefined) return edge(kind, parent, related);
  return { type: kind.type.type, key: `${parent}/${related.id}`, data: null };
}
