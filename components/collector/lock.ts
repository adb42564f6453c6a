import { ManagementLockByScope } from "@pulumi/azure-native/authorization";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Protects a resource from deletion. Depend on everything that is made inside of it: the lock is then the last to come and
 * the first to go, so that `destroy` is not stopped by it.
 */
export function lockResource(
  name: string,
  scope: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): ManagementLockByScope {
  return new ManagementLockByScope(
    `${name}-lock`,
    {
      lockName: "entra-connectors",
      level: "CanNotDelete",
      scope,
      notes: "Set by the stack (collector.lock). Switch it off there before anything is deleted.",
    },
    options,
  );
}
