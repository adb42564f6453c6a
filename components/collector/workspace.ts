import { Workspace } from "@pulumi/azure-native/operationalinsights";
import * as pulumi from "@pulumi/pulumi";

/** What a log workspace is made from. */
export interface CollectorWorkspaceArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: pulumi.Input<string>;
  /** How long logs are kept, days. @default 90 */
  retentionDays?: number;
  /** @default none */
  tags?: { [name: string]: string };
}

/** The Log Analytics workspace that the collector's apps, storage and vault log to. */
export class CollectorWorkspace extends pulumi.ComponentResource {
  /** Azure resource id. */
  public readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: CollectorWorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorWorkspace", name, {}, opts);

    const workspace = new Workspace(
      `${name}-workspace`,
      {
        resourceGroupName: args.resourceGroupName,
        workspaceName: name,
        location: args.location,
        sku: { name: "PerGB2018" },
        retentionInDays: args.retentionDays ?? 90,
        features: { disableLocalAuth: true, enableLogAccessUsingOnlyResourcePermissions: true },
        tags: args.tags,
      },
      { parent: this },
    );

    this.workspaceId = workspace.id;
    this.registerOutputs({ workspaceId: this.workspaceId });
  }
}
