import { DiagnosticSetting } from "@pulumi/azure-native/monitor";
import type * as pulumi from "@pulumi/pulumi";

/** Sends every log of a resource to the workspace. */
export function logToWorkspace(
  name: string,
  resourceUri: pulumi.Input<string>,
  workspaceId: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): DiagnosticSetting {
  return new DiagnosticSetting(
    `${name}-diagnostics`,
    {
      name: "entra-connectors",
      resourceUri,
      workspaceId,
      logs: [{ categoryGroup: "allLogs", enabled: true }],
    },
    options,
  );
}
