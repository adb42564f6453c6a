/** Owners of objects whose changes Graph tracks without their owners: read wholly in every run, inline in pages of ids. */
import { z } from "zod";
import { type FollowingPass, inlineEdges, type RelationKind } from "./directory-source";
import { overflowRead } from "./related";
import { relatedListSchema } from "./shape";

const everybody: ReadonlySet<string> = new Set();

/** For increments; a full read has the same inline with the objects. */
export function ownersPass(path: string, kind: RelationKind): FollowingPass {
  const inline: Readonly<Record<string, z.ZodType>> = { [kind.name]: relatedListSchema };
  return {
    type: kind.type.type,
    incrementsOnly: true,
    from: `${path}?$select=id&$expand=${kind.name}($select=id)&$top=999`,
    schema: z.object({ id: z.string(), ...inline }),
    changes: (object) => inlineEdges(kind, object, everybody),
    relations: [overflowRead(path, kind, { excluded: everybody })],
  };
}
