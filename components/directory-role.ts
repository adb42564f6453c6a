import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { ConsentMode } from "./arguments";

/** What a directory role assignment is made from. */
export interface DirectoryRoleArgs {
  /** Template id of the built-in role, the same in every tenant, for example `29232cdf-9323-42fd-ade2-1d097af3e4de`. */
  templateId: string;
  /** Name of the role, for example `Exchange Administrator`. */
  displayName: string;
  /** Object id of the service principal that holds the role. */
  servicePrincipalId: pulumi.Input<string>;
  /**
   * `grant` assigns the role; `request` leaves that to an administrator.
   * @default "grant"
   */
  mode?: ConsentMode;
}

/**
 * A Microsoft Entra directory role of a service principal, active and permanent, for the whole directory.
 *
 * A new service principal may be unknown to the role service for some seconds, and the official plugin does not try again:
 * let the component depend on whatever else is made for the principal.
 */
export class DirectoryRole extends pulumi.ComponentResource {
  public readonly templateId: pulumi.Output<string>;
  public readonly displayName: pulumi.Output<string>;
  /** `assigned`, or `requested` where an administrator has to assign it. */
  public readonly status: pulumi.Output<string>;

  constructor(name: string, args: DirectoryRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:DirectoryRole", name, {}, opts);
    const assigned = (args.mode ?? "grant") === "grant";

    if (assigned) {
      new azuread.DirectoryRoleAssignment(
        `${name}-assignment`,
        { roleId: args.templateId, principalObjectId: args.servicePrincipalId },
        { parent: this },
      );
    }

    this.templateId = pulumi.output(args.templateId);
    this.displayName = pulumi.output(args.displayName);
    this.status = pulumi.output(assigned ? "assigned" : "requested");
    this.registerOutputs({
      templateId: this.templateId,
      displayName: this.displayName,
      status: this.status,
    });
  }
}
