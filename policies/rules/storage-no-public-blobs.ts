import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const storageNoPublicBlobs = resourceRule({
  id: "storage-no-public-blobs",
  title: "Blobs are never public",
  severity: "critical",
  enforcement: "mandatory",
  cause: "allowBlobPublicAccess is not false.",
  explanation: "One container set to public shows what was collected about people to anybody.",
  remediation: "Set allowBlobPublicAccess to false.",
  types: [types.storageAccount],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "allowBlobPublicAccess",
        schema: z.boolean().default(true),
        accept: (allowed) => !allowed,
        otherwise: "A container of the account can be made public.",
      }),
    ]),
});
