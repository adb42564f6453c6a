import type { ArmOperation } from "../call";
import type { Kind } from "./kind";
import { lockKind } from "./locks";
import { operationsOf } from "./operations";
import { registerKinds } from "./registry";
import { storageAccountKind } from "./storage/accounts";
import { storageItemOperations } from "./storage/items";
import { blobServiceKind, managementPolicyKind, queueServiceKind } from "./storage/services";

/** Every resource type that is described rather than programmed. */
const kinds: readonly Kind[] = [
  lockKind,
  storageAccountKind,
  blobServiceKind,
  queueServiceKind,
  managementPolicyKind,
];

registerKinds(kinds);

/** Their operations, and those of containers and queues. */
export const kindOperations: readonly ArmOperation[] = [
  ...kinds.flatMap(operationsOf),
  ...storageItemOperations,
];
