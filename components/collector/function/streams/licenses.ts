/** The licences that the tenant has. Microsoft page "subscribedSku resource type". Who holds them is in the users. */
import { z } from "zod";
import type { RecordType } from "../model/record";
import { collectionPass, everythingStream } from "./lib/everything-stream";
import { number, objectShape, part, text } from "./lib/shape";

const sku: RecordType = { type: "subscribedSku", schemaVersion: 1 };

const plan = part({ servicePlanId: text, servicePlanName: text, appliesTo: text, provisioningStatus: text });

const shape = objectShape(
  { skuId: z.string(), skuPartNumber: z.string() },
  {
    appliesTo: text,
    capabilityStatus: text,
    consumedUnits: number,
    prepaidUnits: part({ enabled: number, suspended: number, warning: number, lockedOut: number }).nullish(),
    servicePlans: z.array(plan).nullish(),
  },
);

export const licenses = everythingStream("licenses", [collectionPass(sku, "/subscribedSkus", shape)]);
