import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const siteNoRemoteDebugging = resourceRule({
  id: "site-no-remote-debugging",
  title: "Function apps can not be debugged from afar",
  severity: "high",
  enforcement: "mandatory",
  cause: "remoteDebuggingEnabled is true.",
  explanation: "A debugger sees every token in memory.",
  remediation: "Set siteConfig.remoteDebuggingEnabled to false.",
  types: [types.site],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "siteConfig.remoteDebuggingEnabled",
        schema: z.boolean().default(false),
        accept: (enabled) => !enabled,
        otherwise: "A debugger can attach to the app.",
      }),
    ]),
});
