import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const storageTls = resourceRule({
  id: "storage-tls",
  title: "Storage accounts speak TLS 1.2 or better",
  severity: "medium",
  enforcement: "mandatory",
  cause: "minimumTlsVersion is below TLS1_2, or plain HTTP is allowed.",
  explanation: "Older protocols can be read on the way.",
  remediation: "Set minimumTlsVersion to TLS1_2 or TLS1_3 and enableHttpsTrafficOnly to true.",
  types: [types.storageAccount],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "minimumTlsVersion",
        schema: z.string().default("TLS1_0"),
        accept: (version) => version === "TLS1_2" || version === "TLS1_3",
        otherwise: "The account accepts protocols below TLS 1.2.",
      }),
      ...demand(properties, {
        path: "enableHttpsTrafficOnly",
        schema: z.boolean().default(true),
        accept: (only) => only,
        otherwise: "The account accepts plain HTTP.",
      }),
    ]),
});
