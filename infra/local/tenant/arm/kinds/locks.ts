import { z } from "zod";
import { kind } from "./kind";

/** Locks on any scope; they are inherited and really lock (see `refuseLocked`). */
export const lockKind = kind({
  type: "Microsoft.Authorization/locks",
  properties: z.strictObject({
    level: z.enum(["CanNotDelete", "ReadOnly"]),
    notes: z.string().max(512).nullish(),
    owners: z.array(z.looseObject({ applicationId: z.string().nullish() })).nullish(),
  }),
  location: "none",
  extension: true,
  show: ({ resource }) => ({ properties: resource.properties }),
});
