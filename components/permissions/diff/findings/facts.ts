import type { Direction, FactChange, Level } from "../model";
import { type Finding, nothingMore, type Origin } from "./finding";

/** What a changed fact means: whether it widens, how far, and in words. */
interface Meaning {
  readonly direction: Direction;
  readonly level: Level;
  readonly allows: string;
}

/** A fact of a connector that changed. `reach` is how far the connector reaches after the change. */
export function factFinding({ fact, before, after }: FactChange, origin: Origin, reach: Level): Finding {
  return {
    ...nothingMore,
    ...origin,
    kind: "changed",
    subject: "fact",
    name: fact,
    family: "setting",
    before,
    after,
    ...meaningOf({ fact, before, after }, reach),
  };
}

function meaningOf({ fact, before, after }: FactChange, reach: Level): Meaning {
  switch (fact) {
    case "access":
      return after === "read-write"
        ? { direction: "wider", level: "any", allows: "change what it only read before" }
        : { direction: "narrower", level: "any", allows: "change anything" };
    case "permissions":
      return after === "documented"
        ? { direction: "wider", level: "any", allows: "ask for the vendor's whole printed list" }
        : { direction: "narrower", level: "any", allows: "ask for more than its calls need" };
    case "consent":
      return after === "grant"
        ? {
            direction: "wider",
            level: reach,
            allows: "get its permissions from the deployment, without an administrator's click",
          }
        : {
            direction: "narrower",
            level: "any",
            allows: "get its permissions without an administrator's consent",
          };
    case "tenantId":
      return { direction: "wider", level: reach, allows: `work in the tenant ${after} instead of ${before}` };
    case "cloud":
      return { direction: "wider", level: reach, allows: `work in the cloud ${after} instead of ${before}` };
    case "profile":
      return {
        direction: "wider",
        level: reach,
        allows: `be used by another product (${after} instead of ${before})`,
      };
  }
}
