import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { findApiPrincipal } from "./api-principals";
import { type ApiPermissionsArgs, type ConsentMode, nameSuffix } from "./arguments";

/** What a consent is made from. */
export interface AdminConsentArgs {
  /**
   * `grant` assigns the app roles, which is the consent; `request` assigns nothing.
   * @default "grant"
   */
  mode?: ConsentMode;
  /** Object id of the service principal that gets the permissions. */
  servicePrincipalId: pulumi.Input<string>;
  /** Application (client) id of the same, for the links. */
  clientId: pulumi.Input<string>;
  /** The Entra tenant, GUID or domain, for the links. */
  tenantId: pulumi.Input<string>;
  /** The permissions to consent to. */
  permissions: ApiPermissionsArgs[];
  /** Login endpoint of the cloud, for example `https://login.microsoftonline.com`. */
  loginEndpoint: string;
  /** Portal of the cloud, for example `https://portal.azure.com`. */
  portalEndpoint: string;
}

/**
 * Admin consent for application permissions: one app role assignment a permission, named by API and role, so that a
 * permission that leaves the arguments revokes exactly that assignment.
 *
 * Each role is looked up by its name on the API's service principal in the tenant, and refused when its id there is
 * another one than the arguments say.
 */
export class AdminConsent extends pulumi.ComponentResource {
  public readonly mode: pulumi.Output<string>;
  /** Where an administrator consents to all the registration asks for. */
  public readonly adminConsentUrl: pulumi.Output<string>;
  /** The registration's API permissions in the portal. */
  public readonly portalUrl: pulumi.Output<string>;

  constructor(name: string, args: AdminConsentArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:AdminConsent", name, {}, opts);
    const mode = args.mode ?? "grant";

    const assign = (api: ApiPermissionsArgs) => {
      const principal = api.servicePrincipalId ?? findApiPrincipal(api, { parent: this });
      for (const role of api.roles) {
        new azuread.AppRoleAssignment(
          `${name}-${nameSuffix(api.displayName)}-${nameSuffix(role.value)}`,
          { appRoleId: role.id, principalObjectId: args.servicePrincipalId, resourceObjectId: principal },
          { parent: this },
        );
      }
    };
    if (mode === "grant") args.permissions.forEach(assign);

    this.mode = pulumi.output(mode);
    this.adminConsentUrl = pulumi.interpolate`${args.loginEndpoint}/${args.tenantId}/adminconsent?client_id=${args.clientId}`;
    this.portalUrl = pulumi.interpolate`${args.portalEndpoint}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI/appId/${args.clientId}/isMSAApp~/false`;
    this.registerOutputs({
      mode: this.mode,
      adminConsentUrl: this.adminConsentUrl,
      portalUrl: this.portalUrl,
    });
  }
}
