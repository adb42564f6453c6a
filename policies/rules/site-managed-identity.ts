import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const siteManagedIdentity = resourceRule({
  id: "site-managed-identity",
  title: "Function apps run as a user-assigned identity alone",
  severity: "high",
  enforcement: "mandatory",
  cause: "The app's identity is not of the type UserAssigned.",
  explanation:
    "A system-assigned identity comes with the app and goes with it: what it may do is reviewed nowhere, and applications can't trust it before it exists.",
  remediation: "Set identity.type to UserAssigned and name the identity.",
  types: [types.site],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged(
      demand(properties, {
        path: "identity.type",
        schema: z.string().default("None"),
        accept: (type) => type === "UserAssigned",
        otherwise: "The app does not run as a user-assigned identity alone.",
      }),
    ),
});
