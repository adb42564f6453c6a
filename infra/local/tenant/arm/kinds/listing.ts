import { type ArmCall, readable } from "../call";
import { resourceBody } from "./body";
import { kindOf } from "./registry";

/** A resource's body, as far as every type has it. */
interface ListedBody {
  readonly id: string;
  readonly type: string;
  readonly properties?: unknown;
}

/** The bodies of the resources that the caller may read and that are in no other resource. */
export function readableTopLevel(call: ArmCall): ListedBody[] {
  const all = [...call.resources.others.values()].flatMap((resource) => {
    const kind = kindOf(resource.type);
    const isTop = kind !== undefined && kind.extension !== true && resource.type.split("/").length === 2;
    return isTop ? [{ kind, resource }] : [];
  });
  return all
    .filter(
      ({ resource }) => readable(call, `${resource.type}/read`, [resource], ({ path }) => path).length > 0,
    )
    .map(({ kind, resource }) => ({ ...resourceBody(kind, { call, resource }), type: resource.type }));
}
