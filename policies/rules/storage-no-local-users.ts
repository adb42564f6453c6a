import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const storageNoLocalUsers = resourceRule({
  id: "storage-no-local-users",
  title: "Storage accounts have no users of their own",
  severity: "medium",
  enforcement: "mandatory",
  cause: "isLocalUserEnabled is not false; the default allows them.",
  explanation: "Local users sign in with a password or key that the account keeps, past every Azure role.",
  remediation: "Set isLocalUserEnabled to false.",
  types: [types.storageAccount],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "isLocalUserEnabled",
        schema: z.boolean().default(true),
        accept: (enabled) => !enabled,
        otherwise: "The account can have users of its own.",
      }),
    ]),
});
