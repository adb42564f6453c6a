/** Delta pages as records: objects, tombstones, edges that came and went. */
import { GraphError } from "../../graph/errors";
import type { RecordChange } from "../../model/record";
import type { StreamStep } from "../stream";
import { type DirectorySource, deltaPath, trackedEdge } from "./directory-source";
import { relationRead } from "./related";
import { type PendingRead, readRelations } from "./relations";
import type { Run } from "./run";
import { type GraphObject, inlineRelated } from "./shape";

/** The delta link of this moment, without reading anything. */
export async function latestDeltaLink(run: Run): Promise<string> {
  const { graph } = run.context;
  let link: string | undefined;
  for await (const page of graph.pages(deltaPath(run.source, true), run.source.shape.deltaSchema)) {
    link = page.deltaLink;
  }
  if (link === undefined) throw withoutDeltaLink(run.source);
  return link;
}

/**
 * Reads delta pages from a link to the next delta link.
 * @param savepoint Called after each page with the link of the next one
 * @returns the delta link
 */
export async function* readDelta(
  run: Run,
  from: string,
  savepoint: (next: string) => StreamStep,
): AsyncGenerator<StreamStep, string, undefined> {
  const { source, context } = run;
  for await (const page of context.graph.pages(from, source.shape.deltaSchema)) {
    const partial = page.items.filter((object) => isUpsert(object) && !source.shape.isWhole(object));
    const items = partial.length === 0 ? page.items : [...page.items, ...(await completed(run, partial))];
    const changes = items.flatMap((object) => changesOf(run, object));
    if (changes.length > 0) yield { kind: "records", changes };
    yield* reappeared(run, items);
    await run.hidden.probe(items);
    if (page.deltaLink !== undefined) return page.deltaLink;
    if (page.nextLink !== undefined) yield savepoint(page.nextLink);
  }
  throw withoutDeltaLink(source);
}

const withoutDeltaLink = (source: DirectorySource): GraphError =>
  new GraphError("malformed", `Graph ended the changes of ${source.path} without a delta link.`);

const isUpsert = (object: GraphObject): boolean => object["@removed"] === undefined;

function changesOf(run: Run, object: GraphObject): RecordChange[] {
  const { source, exclusions } = run;
  if (exclusions.users.has(object.id)) return [];
  const gone: RecordChange = { type: source.type.type, key: object.id, data: null };
  if (!isUpsert(object)) return [gone];
  const whole = source.shape.isWhole(object);
  if (whole && source.excludes?.(object, exclusions)) return [gone];
  const changes: RecordChange[] = whole
    ? [{ type: source.type.type, key: object.id, data: source.shape.data(object) }]
    : [];
  for (const kind of source.tracked) {
    for (const related of inlineRelated(object, `${kind.name}@delta`) ?? []) {
      if (!exclusions.users.has(related.id)) changes.push(trackedEdge(kind, object.id, related));
    }
  }
  return changes;
}

/** Graph's `in` takes this many values ("Use the $filter query parameter"). */
const idsAtOnce = 15;

/** An update may hold fewer properties than were selected ("Resource representation in the delta query response"). */
async function completed({ source, context }: Run, partial: readonly GraphObject[]): Promise<GraphObject[]> {
  const ids = [...new Set(partial.map(({ id }) => id))];
  const whole: GraphObject[] = [];
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const list = ids.slice(at, at + idsAtOnce).map((id) => `'${id}'`);
    const filter = encodeURIComponent(`id in (${list.join(",")})`);
    const path = `${source.path}?$filter=${filter}&$select=${source.shape.select}`;
    for await (const page of context.graph.pages(path, source.shape.schema)) whole.push(...page.items);
  }
  return whole;
}

/**
 * A group that is no longer left out was never collected: a change of it brings its relations, all of them. Which groups
 * these are nobody noted, so every changed one is read while groups are left out.
 */
async function* reappeared(
  run: Run,
  items: readonly GraphObject[],
): AsyncGenerator<StreamStep, void, undefined> {
  const { source, context, exclusions } = run;
  if (source.excludes === undefined || !exclusions.onPremisesGroups || run.read !== "changes") return;
  const options = { excluded: exclusions.users, tolerate: run.hidden.tolerate };
  for (const object of items) run.hidden.meet(object);
  const relations = source.tracked.map((kind) => relationRead(source.path, kind, options));
  const reads: PendingRead[] = items
    .filter(
      (object) => isUpsert(object) && source.shape.isWhole(object) && !source.excludes?.(object, exclusions),
    )
    .flatMap(({ id }) => relations.map(({ again }, relation) => ({ parent: id, relation, path: again(id) })));
  yield* readRelations(context.graph, relations, reads);
}
