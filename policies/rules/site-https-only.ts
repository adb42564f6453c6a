import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const siteHttpsOnly = resourceRule({
  id: "site-https-only",
  title: "Function apps are reached by HTTPS alone",
  severity: "high",
  enforcement: "mandatory",
  cause: "httpsOnly is not true.",
  explanation: "A key that is sent by plain HTTP can be read on the way.",
  remediation: "Set httpsOnly to true.",
  types: [types.site],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "httpsOnly",
        schema: z.boolean().default(false),
        accept: (only) => only,
        otherwise: "The app answers plain HTTP.",
      }),
    ]),
});
