import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import type { ApiPermissionsArgs } from "./arguments";

/** What an app registration is made from. */
export interface AppRegistrationArgs {
  /** Name of the registration as administrators see it. */
  displayName: pulumi.Input<string>;
  /** Application permissions that the registration lists. Listing is not consent: see AdminConsent. */
  permissions: ApiPermissionsArgs[];
  /**
   * Object ids of the owners. The deployer must be among them when it may write only what it owns
   * (Application.ReadWrite.OwnedBy).
   * @example ["11111111-1111-1111-1111-111111111111"]
   */
  owners: pulumi.Input<string>[];
  /** @default none */
  tags?: string[];
  /** What an administrator reads on the registration: who made it, what for, where to change it. At most 1,024 characters. */
  notes?: pulumi.Input<string>;
  /** What an administrator reads on the enterprise application, for example why it holds a directory role. At most 1,024 characters. */
  principalNotes?: pulumi.Input<string>;
  /** Reference to the service in a service or asset management database. */
  serviceManagementReference?: pulumi.Input<string>;
}

/**
 * An application and its service principal for a product that signs in by itself: single tenant, no redirect URI, no public
 * client, no identifier URI, application permissions only.
 */
export class AppRegistration extends pulumi.ComponentResource {
  /** Resource id of the application, as credentials refer to it. */
  public readonly applicationId: pulumi.Output<string>;
  public readonly applicationObjectId: pulumi.Output<string>;
  /** Application (client) id. */
  public readonly clientId: pulumi.Output<string>;
  /** Object id of the service principal. */
  public readonly servicePrincipalId: pulumi.Output<string>;

  constructor(name: string, args: AppRegistrationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:AppRegistration", name, {}, opts);

    const application = new azuread.Application(
      `${name}-application`,
      {
        displayName: args.displayName,
        signInAudience: "AzureADMyOrg",
        owners: args.owners,
        tags: args.tags,
        notes: args.notes,
        serviceManagementReference: args.serviceManagementReference,
        requiredResourceAccesses: args.permissions.map(requiredResourceAccess),
      },
      { parent: this },
    );
    const principal = new azuread.ServicePrincipal(
      `${name}-principal`,
      {
        clientId: application.clientId,
        // Nobody signs in to the product by this registration, so no user may get a token for it by default.
        appRoleAssignmentRequired: true,
        owners: args.owners,
        tags: args.tags,
        notes: args.principalNotes,
      },
      { parent: this },
    );

    this.applicationId = application.id;
    this.applicationObjectId = application.objectId;
    this.clientId = application.clientId;
    this.servicePrincipalId = principal.objectId;
    this.registerOutputs({
      applicationId: this.applicationId,
      applicationObjectId: this.applicationObjectId,
      clientId: this.clientId,
      servicePrincipalId: this.servicePrincipalId,
    });
  }
}

function requiredResourceAccess(api: ApiPermissionsArgs) {
  return {
    resourceAppId: api.resourceAppId,
    resourceAccesses: api.roles.map((role) => ({ id: role.id, type: "Role" })),
  };
}
