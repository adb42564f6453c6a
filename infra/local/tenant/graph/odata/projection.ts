/** Writes entities as JSON text: lists are long, and building objects only to stringify them doubles their cost. */
import type { Entity } from "../../core/types";
import type { Directory } from "../../directory/open";
import type { EntityType } from "../entity-type";

/** The JSON object of an entity, as text. */
export type Projection = (entity: Entity, directory: Directory) => string;

interface Options {
  /** Leave out properties whose value is null. */
  readonly sparse?: boolean;
  /** Begin with `@odata.type`. */
  readonly typed?: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const prepared = new WeakMap<EntityType, Map<string, Projection>>();

/** The projection of a type to these properties; made once. */
export function projectionOf(
  type: EntityType,
  names: readonly string[],
  { sparse = false, typed = false }: Options = {},
): Projection {
  const known = prepared.get(type) ?? new Map<string, Projection>();
  prepared.set(type, known);
  const key = `${sparse}/${typed}/${names.join()}`;
  const existing = known.get(key);
  if (existing !== undefined) return existing;
  // Clients choose freely what they select; a few shapes are all that one uses.
  if (known.size >= mostPrepared) known.clear();
  const made = prepare(type, names, sparse, typed);
  known.set(key, made);
  return made;
}

const mostPrepared = 200;

interface Part {
  readonly name: string;
  /** `"name":` */
  readonly label: string;
  readonly compute: EntityType["computed"][string] | undefined;
  /** What stands for nothing stored. */
  readonly absent: unknown;
}

function prepare(type: EntityType, names: readonly string[], sparse: boolean, typed: boolean): Projection {
  const parts = [...new Set(names)].map(
    (name): Part => ({
      name,
      label: `${JSON.stringify(name)}:`,
      compute: type.computed[name],
      absent: type.properties[name]?.default ?? null,
    }),
  );
  const onlyId = parts.length === 1 && parts[0]?.name === "id" && parts[0].compute === undefined;
  const start = typed ? `{"@odata.type":"#microsoft.graph.${type.name}"` : "{";
  // What most lists of members are asked for.
  if (onlyId) return ({ id }) => `${start}${typed ? "," : ""}"id":${JSON.stringify(id)}}`;
  return (entity, directory) => {
    let text = start;
    for (const part of parts) {
      const value = storedValue(part, entity, directory);
      if (sparse && value === null) continue;
      text += text.length === 1 ? part.label : `,${part.label}`;
      text += JSON.stringify(value);
    }
    return `${text}}`;
  };
}

function storedValue({ name, compute, absent }: Part, entity: Entity, directory: Directory): unknown {
  if (compute !== undefined) return compute(entity, directory) ?? null;
  const fields = entity as unknown as Fields;
  const own = fields[name];
  if (own !== undefined) return own;
  const stored = fields.properties as Fields | undefined;
  return stored?.[name] ?? absent;
}
