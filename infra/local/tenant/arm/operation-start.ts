import { randomUUID } from "node:crypto";
import type { ArmCall, ArmReply } from "./call";
import { retrySoon } from "./errors";
import { subscriptionPath } from "./ids";

/** How an operation is followed: by its result's address, or by its status. */
interface OperationForm {
  readonly kind?: "location" | "async-operation";
  /** Id of the resource that the end shows. */
  readonly resource?: string;
}

// Resource Manager's own version, whatever version of a resource provider the request had.
const version = "api-version=2021-04-01";

/** Begins an asynchronous operation: 202 with the address where its end is told. */
export function startOperation(call: ArmCall, form: OperationForm = {}): ArmReply {
  const id = randomUUID();
  const { resource } = form;
  call.resources.operations.put({
    id,
    startedAt: call.tenant.clock.now(),
    ...(resource === undefined ? {} : { resource }),
  });
  const pending = pendingOperation(call, id);
  if (form.kind !== "async-operation") return pending;
  const status = `${call.root}${operationsPath(call)}/operationstatuses/${id}?${version}`;
  return { ...pending, headers: { ...pending.headers, "azure-asyncoperation": status } };
}

/** 202: ask again at the Location. */
export function pendingOperation(call: ArmCall, id: string): ArmReply {
  const location = `${call.root}${operationsPath(call)}/operationresults/${id}?${version}`;
  return { status: 202, headers: { location, ...retrySoon } };
}

function operationsPath(call: ArmCall): string {
  return subscriptionPath(call.tenant.settings.subscriptionId);
}
