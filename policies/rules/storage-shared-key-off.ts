import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const storageSharedKeyOff = resourceRule({
  id: "storage-shared-key-off",
  title: "Storage accounts take no account key",
  severity: "high",
  enforcement: "mandatory",
  cause: "allowSharedKeyAccess is not false; the default allows it.",
  explanation:
    "An account key opens everything in the account for whoever holds it, and nobody can tell who that was.",
  remediation: "Set allowSharedKeyAccess to false and assign data roles.",
  types: [types.storageAccount],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "allowSharedKeyAccess",
        schema: z.boolean().default(true),
        accept: (allowed) => !allowed,
        otherwise: "The account can be opened with its key.",
      }),
    ]),
});
