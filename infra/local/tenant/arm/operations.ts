import type { ArmContext, ArmOperation } from "./call";
import { ArmError } from "./errors";
import { pendingOperation } from "./operation-start";
import { purgeExpiredVaults } from "./resources/deleted-vaults";
import { finishGroupDeletions } from "./resources/resource-groups";

/** Carries out what asynchronous operations promised and whose time has come. */
export async function finishOperations(context: ArmContext): Promise<void> {
  await finishGroupDeletions(context);
  purgeExpiredVaults(context);
}

/** The endpoint that clients poll: 202 while the operation runs, then 200. */
export const operationResults: readonly ArmOperation[] = [
  {
    method: "GET",
    path: "/subscriptions/{subscriptionId}/operationresults/{operationId}",
    type: "Microsoft.Resources/resourceManager",
    handle: (call) => {
      const operation = call.resources.operations.get(call.param("operationId").toLowerCase());
      if (operation === undefined) {
        throw new ArmError(
          404,
          "OperationNotFound",
          `The operation '${call.param("operationId")}' was not found.`,
        );
      }
      const running = !call.tenant.replication.visible("references", operation.startedAt);
      return running ? pendingOperation(call, operation.id) : { status: 200 };
    },
  },
];
