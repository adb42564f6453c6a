import * as pulumi from "@pulumi/pulumi";
import { AdminConsent } from "./admin-consent";
import { AppRegistration } from "./app-registration";
import { type ApiPermissionsArgs, type ConsentMode, nameSuffix, type VaultTargetArgs } from "./arguments";
import { type CredentialArgs, declareCredentials } from "./credentials/credential-set";
import type { IssuedCredential } from "./credentials/issued";
import { DirectoryRole } from "./directory-role";

/** A directory role that a connector holds. */
export interface ConnectorDirectoryRoleArgs {
  /** Template id of the built-in role. */
  templateId: string;
  /** Name of the role; part of the resource name, so it never changes. */
  displayName: string;
}

/**
 * What a connector is made from.
 * @example
 * new Connector("conductorone", {
 *   displayName: "ConductorOne",
 *   tenantId: "contoso.onmicrosoft.com",
 *   permissions: [
 *     {
 *       resourceAppId: "00000003-0000-0000-c000-000000000000",
 *       displayName: "Microsoft Graph",
 *       roles: [{ value: "User.Read.All", id: "df021288-bdef-4463-88db-98f22de89214" }],
 *     },
 *   ],
 *   owners: [deployer.objectId],
 *   credentials: [{ kind: "clientSecret", anchor: "2026-11-21T00:00:00Z", lifetimeDays: 180, overlapDays: 30 }],
 *   asOf: new Date().toISOString(),
 * });
 */
export interface ConnectorArgs {
  /** Name of the app registration. */
  displayName: pulumi.Input<string>;
  /** The Entra tenant, GUID or domain. */
  tenantId: pulumi.Input<string>;
  /** Application permissions, each with its id. Plain values, so that policies can judge them before anything is made. */
  permissions: ApiPermissionsArgs[];
  /** @default none */
  directoryRoles?: ConnectorDirectoryRoleArgs[];
  /**
   * `grant`: the deployer consents and assigns directory roles; `request`: an administrator does.
   * @default "grant"
   */
  consent?: ConsentMode;
  /** What the product signs in with. */
  credentials: CredentialArgs[];
  /** The moment that credential schedules are declared for, ISO date-time. */
  asOf: string;
  /** Object ids of the owners, the deployer among them. */
  owners: pulumi.Input<string>[];
  /** Vault for the credentials. @default none: values are in the secret output `secrets` */
  vault?: VaultTargetArgs;
  /** Tags of the registration. @default none */
  tags?: string[];
  /** Tags of Azure resources. @default none */
  azureTags?: { [name: string]: string };
  /** Notes on the registration. */
  notes?: pulumi.Input<string>;
  /** Notes on the enterprise application. */
  principalNotes?: pulumi.Input<string>;
  serviceManagementReference?: pulumi.Input<string>;
  /** Login endpoint of the cloud. @default "https://login.microsoftonline.com" */
  loginEndpoint?: string;
  /** Portal of the cloud. @default "https://portal.azure.com" */
  portalEndpoint?: string;
  /** The connector's entry of the permission manifest, JSON: registered as an output for policies that have no lock file. */
  manifest?: string;
}

/**
 * One product connected to one tenant: app registration, least-privilege permissions with consent, directory roles, and
 * credentials that rotate without downtime. The component's name begins every resource name, key name and secret name.
 */
export class Connector extends pulumi.ComponentResource {
  public readonly applicationObjectId: pulumi.Output<string>;
  /** Application (client) id, for the product's settings. */
  public readonly clientId: pulumi.Output<string>;
  public readonly servicePrincipalId: pulumi.Output<string>;
  public readonly consentMode: pulumi.Output<string>;
  public readonly adminConsentUrl: pulumi.Output<string>;
  public readonly portalUrl: pulumi.Output<string>;
  /** Every credential, without values. */
  public readonly credentials: pulumi.Output<IssuedCredential[]>;
  /** Values that no vault keeps, by `secretOutput`. Secret. */
  public readonly secrets: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ConnectorArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:Connector", name, {}, opts);

    const registration = new AppRegistration(`${name}-registration`, args, { parent: this });
    const consent = new AdminConsent(
      `${name}-consent`,
      {
        mode: args.consent ?? "grant",
        servicePrincipalId: registration.servicePrincipalId,
        clientId: registration.clientId,
        tenantId: args.tenantId,
        permissions: args.permissions,
        loginEndpoint: args.loginEndpoint ?? "https://login.microsoftonline.com",
        portalEndpoint: args.portalEndpoint ?? "https://portal.azure.com",
      },
      { parent: this },
    );
    const credentials = declareCredentials(args.credentials, {
      name,
      slug: name,
      applicationId: registration.applicationId,
      asOf: args.asOf,
      vault: args.vault,
      tags: args.azureTags,
      parent: this,
    });
    for (const role of args.directoryRoles ?? []) {
      new DirectoryRole(
        `${name}-${nameSuffix(role.displayName)}`,
        { ...role, servicePrincipalId: registration.servicePrincipalId, mode: args.consent ?? "grant" },
        // Last, because the role service may not know a new principal yet and refuses it at once.
        { parent: this, dependsOn: [consent, ...credentials.components] },
      );
    }

    this.applicationObjectId = registration.applicationObjectId;
    this.clientId = registration.clientId;
    this.servicePrincipalId = registration.servicePrincipalId;
    this.consentMode = consent.mode;
    this.adminConsentUrl = consent.adminConsentUrl;
    this.portalUrl = consent.portalUrl;
    this.credentials = credentials.issued;
    this.secrets = credentials.values;
    this.registerOutputs({
      applicationObjectId: this.applicationObjectId,
      clientId: this.clientId,
      servicePrincipalId: this.servicePrincipalId,
      consentMode: this.consentMode,
      adminConsentUrl: this.adminConsentUrl,
      portalUrl: this.portalUrl,
      credentials: this.credentials,
      manifest: args.manifest,
    });
  }
}
