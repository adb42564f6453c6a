import type { ArmOperation } from "../call";
import type { Kind } from "./kind";
import { lockKind } from "./locks";
import { operationsOf } from "./operations";
import { registerKinds } from "./registry";
import { storageAccountKind } from "./storage/accounts";
import { storageItemOperations } from "./storage/items";
import { blobServiceKind, managementPolicyKind, queueServiceKind } from "./storage/services";
import { planKind } from "./web/plans";
import { publishingPolicyKind } from "./web/publishing";
import { regionOperations } from "./web/regions";
import { siteOperations } from "./web/site-operations";
import { siteKind } from "./web/sites";

/** Every resource type that is described rather than programmed. */
const kinds: readonly Kind[] = [
  lockKind,
  storageAccountKind,
  blobServiceKind,
  queueServiceKind,
  managementPolicyKind,
  planKind,
  siteKind,
  publishingPolicyKind,
];

registerKinds(kinds);

/** Their operations, and those of what belongs to them. */
export const kindOperations: readonly ArmOperation[] = [
  ...kinds.flatMap(operationsOf),
  ...storageItemOperations,
  ...regionOperations,
  ...siteOperations,
];
