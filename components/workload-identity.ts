import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";

/** What a workload identity is made from. */
export interface WorkloadIdentityArgs {
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: pulumi.Input<string>;
  /** Name of the identity in Azure; it can't be changed later. */
  identityName: string;
  /** @default none */
  tags?: { [name: string]: string };
}

/** A user-assigned identity that a workload runs as; a federated credential lets it sign in as a connector. */
export class WorkloadIdentity extends pulumi.ComponentResource {
  /** Object id: the subject of a federated credential, the holder of Azure roles. */
  public readonly principalId: pulumi.Output<string>;
  public readonly clientId: pulumi.Output<string>;
  /** Azure resource id, to attach the identity to a workload. */
  public readonly identityId: pulumi.Output<string>;

  constructor(name: string, args: WorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:WorkloadIdentity", name, {}, opts);

    const identity = new UserAssignedIdentity(
      `${name}-identity`,
      {
        resourceGroupName: args.resourceGroupName,
        resourceName: args.identityName,
        location: args.location,
        tags: args.tags,
      },
      { parent: this },
    );

    this.principalId = identity.principalId;
    this.clientId = identity.clientId;
    this.identityId = identity.id;
    this.registerOutputs({
      principalId: this.principalId,
      clientId: this.clientId,
      identityId: this.identityId,
    });
  }
}
