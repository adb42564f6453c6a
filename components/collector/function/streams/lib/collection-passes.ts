/** A collection page by page, with what its objects are related to. */
import { z } from "zod";
import { readBy } from "../../json/item-format";
import { ObjectFormat } from "../../json/object-format";
import type { DirectorySource, FollowingPass, RelationKind } from "./directory-source";
import type { Pass } from "./pass";
import { inlineEdges, overflowRead, type RelationOptions, relationRead } from "./related";
import type { Run } from "./run";
import { type GraphObject, relatedListSchema } from "./shape";

/** The objects themselves, and one more reading for each further relation that is had inline: Graph shows one at a time. */
export function collectionPasses(run: Run): readonly Pass[] {
  const [first, ...others] = run.source.inline;
  return [objectPass(run, first), ...others.map((kind) => relationPass(run, kind))];
}

const expand = (kind: RelationKind | undefined): string =>
  kind === undefined ? "" : `&$expand=${kind.name}($select=id)`;

function optionsOf({ source, exclusions, hidden }: Run, kind: RelationKind | undefined): RelationOptions {
  // Hidden are members, not owners.
  const hides = kind !== undefined && kind === source.tracked[0];
  return { excluded: exclusions.users, tolerate: hidden.tolerate, ...(hides && { hidden: hidden.meet }) };
}

const skipOf =
  ({ source, exclusions }: Run): NonNullable<Pass["skip"]> =>
  (object) =>
    exclusions.users.has(object.id) || source.excludes?.(object, exclusions) === true;

function objectPass(run: Run, inline: RelationKind | undefined): Pass {
  const { path, shape, type, tracked, inline: all } = run.source;
  const options = optionsOf(run, inline);
  return {
    from: `${path}?$select=${shape.select}${expand(inline)}&$top=999`,
    schema: shape.pageSchema,
    skip: skipOf(run),
    changes: (object) => [
      { type: type.type, key: object.id, data: shape.data(object) },
      ...(inline === undefined ? [] : inlineEdges(inline, object, options)),
    ],
    relations: [
      ...(inline === undefined ? [] : [overflowRead(path, inline, options)]),
      ...tracked.filter((kind) => !all.includes(kind)).map((kind) => relationRead(path, kind, options)),
    ],
  };
}

function relationPass(run: Run, kind: RelationKind): Pass {
  return { ...idPass(run.source, kind, optionsOf(run, kind)), skip: skipOf(run) };
}

function idPass(source: DirectorySource, kind: RelationKind, options: RelationOptions): Pass {
  const select = ["id", ...(source.decisive ?? [])].join(",");
  return {
    from: `${source.path}?$select=${select}${expand(kind)}&$top=999`,
    schema: idPageSchema(source, kind),
    changes: (object) => inlineEdges(kind, object, options),
    relations: [overflowRead(source.path, kind, options)],
  };
}

/** Objects of which nothing is wanted but who they are, whether they are left out, and a relation. */
function idPageSchema({ decisive = [] }: DirectorySource, { name }: RelationKind): z.ZodType<GraphObject> {
  const inline: Readonly<Record<string, z.ZodType>> = { [name]: relatedListSchema };
  const others: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
    decisive.map((property) => [property, z.unknown()]),
  );
  const properties = { id: z.string(), ...others };
  return readBy(
    z.looseObject({ id: z.string(), ...inline }),
    () => new ObjectFormat({ properties, lists: [name], normalised: (value) => value }),
  );
}

/**
 * The relations that Graph tracks no changes of, for increments: read wholly, inline in pages of ids. A full read has them
 * with the objects.
 */
export function untrackedPasses(source: DirectorySource): readonly FollowingPass[] {
  return source.inline
    .filter((kind) => !source.tracked.includes(kind))
    .map((kind) => ({
      ...idPass(source, kind, { excluded: new Set() }),
      type: kind.type.type,
      incrementsOnly: true,
    }));
}
