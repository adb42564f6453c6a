/** Edges of relations as records. There are more of them than of anything else, so they write themselves. */
import type { ByteText } from "../../json/byte-text";
import type { WritesJson } from "../../json/writes-json";
import type { RecordChange } from "../../model/record";
import type { RelationKind } from "./directory-source";
import { type GraphObject, typeName } from "./shape";

/** What is written before each value of a kind's edges. */
interface Leads {
  readonly parent: Uint8Array;
  readonly related: Uint8Array;
  readonly kind: Uint8Array;
}

const leads = new WeakMap<RelationKind, Leads>();

class Edge implements WritesJson {
  constructor(
    private readonly leads: Leads,
    private readonly parent: string,
    private readonly related: string,
    private readonly kind: string | null,
  ) {}

  writeJson(to: ByteText): void {
    const { leads, parent, related, kind } = this;
    to.copy(leads.parent, 0, leads.parent.length);
    to.jsonString(parent);
    to.copy(leads.related, 0, leads.related.length);
    to.jsonString(related);
    to.copy(leads.kind, 0, leads.kind.length);
    if (kind === null) to.text("null");
    else to.jsonString(kind);
    to.text("}");
  }
}

/** An edge as it is stored. */
export function edge(kind: RelationKind, parent: string, related: GraphObject): RecordChange {
  const data = new Edge(leadsOf(kind), parent, related.id, typeName(related));
  return { type: kind.type.type, key: `${parent}/${related.id}`, data };
}

function leadsOf(kind: RelationKind): Leads {
  const known = leads.get(kind);
  if (known !== undefined) return known;
  const lead = (before: string, name: string) => Buffer.from(`${before}${JSON.stringify(name)}:`);
  const { parent, related, kind: type } = kind.keys;
  const made = { parent: lead("{", parent), related: lead(",", related), kind: lead(",", type) };
  leads.set(kind, made);
  return made;
}
