import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const insightsNoLocalAuth = resourceRule({
  id: "insights-no-local-auth",
  title: "Telemetry is taken from known identities alone",
  severity: "medium",
  enforcement: "mandatory",
  cause: "disableLocalAuth is not true.",
  explanation:
    "With the instrumentation key alone anybody can write telemetry, and so hide an alert in noise.",
  remediation: "Set disableLocalAuth to true and assign Monitoring Metrics Publisher.",
  types: [types.applicationInsights],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "disableLocalAuth",
        schema: z.boolean().default(false),
        accept: (disabled) => disabled,
        otherwise: "Whoever knows the instrumentation key can write telemetry.",
      }),
    ]),
});
