import { z } from "zod";
import { demand } from "../harness/demand";
import { judged } from "../harness/outcome";
import { resourceRule } from "../harness/rule";
import { types } from "../harness/types";

export const storageNoCrossTenantReplication = resourceRule({
  id: "storage-no-cross-tenant-replication",
  title: "Storage is never copied to another tenant",
  severity: "medium",
  enforcement: "mandatory",
  cause: "allowCrossTenantReplication is true.",
  explanation: "A replication rule of another tenant would carry away what was collected.",
  remediation: "Set allowCrossTenantReplication to false.",
  types: [types.storageAccount],
  config: z.strictObject({}),
  judge: ({ properties }) =>
    judged([
      ...demand(properties, {
        path: "allowCrossTenantReplication",
        schema: z.boolean().default(false),
        accept: (allowed) => !allowed,
        otherwise: "Its blobs can be replicated to another tenant.",
      }),
    ]),
});
