import { randomUUID } from "node:crypto";
import type { ArmCall, ArmReply } from "./call";
import { retrySoon } from "./errors";
import { subscriptionPath } from "./ids";

/** Begins an asynchronous operation: 202 with the address where its end is told. */
export function startOperation(call: ArmCall): ArmReply {
  const id = randomUUID();
  call.resources.operations.put({ id, startedAt: call.tenant.clock.now() });
  return pendingOperation(call, id);
}

/** 202: ask again at the Location. */
export function pendingOperation(call: ArmCall, id: string): ArmReply {
  const path = `${subscriptionPath(call.tenant.settings.subscriptionId)}/operationresults/${id}`;
  // Resource Manager's own version, whatever version of a resource provider the request had.
  return { status: 202, headers: { location: `${call.root}${path}?api-version=2021-04-01`, ...retrySoon } };
}
