import type { ArmCall, ArmContext, ArmOperation, ArmReply } from "./call";
import { ArmError, retrySoon } from "./errors";
import { resourceBody } from "./kinds/body";
import { kindOf } from "./kinds/registry";
import { pendingOperation } from "./operation-start";
import { purgeExpiredVaults } from "./resources/deleted-vaults";
import { finishGroupDeletions } from "./resources/resource-groups";

/** Carries out what asynchronous operations promised and whose time has come. */
export async function finishOperations(context: ArmContext): Promise<void> {
  await finishGroupDeletions(context);
  purgeExpiredVaults(context);
}

function operationOf(call: ArmCall) {
  const id = call.param("operationId");
  const operation = call.resources.operations.get(id.toLowerCase());
  if (operation === undefined)
    throw new ArmError(404, "OperationNotFound", `The operation '${id}' was not found.`);
  return { ...operation, running: !call.tenant.replication.visible("references", operation.startedAt) };
}

/** 202 while the operation runs, then 200, with the resource if one was written. */
function result(call: ArmCall): ArmReply {
  const { id, running, resource: written } = operationOf(call);
  if (running) return pendingOperation(call, id);
  const resource = written === undefined ? undefined : call.resources.others.get(written);
  const kind = resource && kindOf(resource.type);
  if (resource === undefined || kind === undefined) return { status: 200 };
  return { status: 200, body: resourceBody(kind, { call, resource }) };
}

/** Always 200, with how the operation stands. */
function status(call: ArmCall): ArmReply {
  const { id, running, startedAt } = operationOf(call);
  const body = {
    id: call.url.pathname,
    name: id,
    status: running ? "InProgress" : "Succeeded",
    startTime: new Date(startedAt).toISOString(),
    ...(running ? {} : { endTime: new Date(call.tenant.clock.now()).toISOString() }),
  };
  return { status: 200, body, headers: running ? retrySoon : {} };
}

const type = "Microsoft.Resources/resourceManager";
const path = "/subscriptions/{subscriptionId}";

/** The endpoints that clients poll. */
export const operationResults: readonly ArmOperation[] = [
  { method: "GET", path: `${path}/operationresults/{operationId}`, type, handle: result },
  { method: "GET", path: `${path}/operationstatuses/{operationId}`, type, handle: status },
];
