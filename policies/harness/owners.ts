/** Owners of a connector's registration and principal. */
import { z } from "zod";
import { ofType, type StackConnector } from "./stack";
import { types } from "./types";
import { readProperty } from "./values";

/** An owner of one of the two. */
export interface Owner {
  /** Object id, lower case. */
  readonly id: string;
  readonly what: "registration" | "principal";
}

const ids = z.array(z.string().toLowerCase()).default([]);

export function ownersOf(connector: StackConnector): readonly Owner[] {
  const of = (type: string, what: Owner["what"]) =>
    ofType(connector, type).flatMap(({ properties }) =>
      readProperty(properties, "owners", ids).map((id) => ({ id, what })),
    );
  return [...of(types.application, "registration"), ...of(types.servicePrincipal, "principal")];
}
