import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const siteTls = resourceRule({
  id: "site-tls",
  title: "Function apps speak TLS 1.2 or better",
  severity: "medium",
  enforcement: "mandatory",
  cause: "minTlsVersion or scmMinTlsVersion is below 1.2.",
  explanation: "Older protocols can be read on the way.",
  remediation: "Set both to 1.2 or 1.3.",
  types: [types.site],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "siteConfig.minTlsVersion",
        schema: z.string().default("1.2"),
        accept: (version) => version === "1.2" || version === "1.3",
        otherwise: "The app accepts protocols below TLS 1.2.",
      }),
      ...demand(properties, {
        path: "siteConfig.scmMinTlsVersion",
        schema: z.string().default("1.2"),
        accept: (version) => version === "1.2" || version === "1.3",
        otherwise: "The deployment site accepts protocols below TLS 1.2.",
      }),
    ]),
});
