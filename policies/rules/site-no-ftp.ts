import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const siteNoFtp = resourceRule({
  id: "site-no-ftp",
  title: "Function apps have no FTP",
  severity: "medium",
  enforcement: "mandatory",
  cause: "ftpsState is not Disabled.",
  explanation: "FTP is a second way to change the code, past deployments and their log.",
  remediation: "Set siteConfig.ftpsState to Disabled.",
  types: [types.site],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "siteConfig.ftpsState",
        schema: z.string().default("FtpsOnly"),
        accept: (state) => state === "Disabled",
        otherwise: "Code can be uploaded by FTP.",
      }),
    ]),
});
