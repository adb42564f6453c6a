import { AppServicePlan, WebApp, WebAppFtpAllowed, WebAppScmAllowed } from "@pulumi/azure-native/web";
import * as pulumi from "@pulumi/pulumi";
import { logToWorkspace } from "./diagnostics";

/** What a function app is made from. */
export interface CollectorSiteArgs {
  /** Name of the app: part of its host name, unique in the whole cloud. */
  siteName: string;
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: pulumi.Input<string>;
  /** Azure resource id of the user-assigned identity that the app runs as. */
  identityId: pulumi.Input<string>;
  /** Address of the blob container that the code is deployed to. */
  deploymentContainer: pulumi.Input<string>;
  appSettings: CollectorAppSettingArgs[];
  instanceMemoryMB: number;
  maximumInstanceCount: number;
  /** Log workspace. */
  workspaceId: pulumi.Input<string>;
  /** Subnet that the app calls out from; its own addresses are then closed. @default the internet */
  subnetId?: pulumi.Input<string>;
  /** With a subnet: IPv4 ranges from which code may be pushed. @default none */
  deployerIpRanges?: string[];
  /** @default none */
  tags?: { [name: string]: string };
}

/** An app setting. */
interface CollectorAppSettingArgs {
  name: string;
  value: pulumi.Input<string>;
}

/**
 * A function app on a Flex Consumption plan of its own (the plan takes one app). HTTPS from TLS 1.2 on, no FTP, no
 * publishing by password, no remote debugging; it runs as a user-assigned identity alone.
 */
export class CollectorSite extends pulumi.ComponentResource {
  public readonly siteId: pulumi.Output<string>;
  public readonly siteName: pulumi.Output<string>;
  /** `https://` and the app's host. */
  public readonly url: pulumi.Output<string>;
  /** Host that code is pushed to. */
  public readonly scmHost: pulumi.Output<string>;

  constructor(name: string, args: CollectorSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorSite", name, {}, opts);
    const { resourceGroupName } = args;

    const site = declareSite(name, args, this);
    const named = { resourceGroupName, name: site.name };
    const ftp = new WebAppFtpAllowed(`${name}-ftp`, { ...named, allow: false }, { parent: this });
    // One after the other: the service refuses two changes of a site at a time.
    new WebAppScmAllowed(`${name}-scm`, { ...named, allow: false }, { parent: this, dependsOn: [ftp] });
    logToWorkspace(name, site.id, args.workspaceId, { parent: this });

    this.siteId = site.id;
    this.siteName = site.name;
    this.url = pulumi.interpolate`https://${site.defaultHostName}`;
    this.scmHost = pulumi
      .all([site.hostNameSslStates, site.name])
      .apply(([hosts, siteName]) => publishingHost(hosts ?? [], siteName));
    this.registerOutputs({
      siteId: this.siteId,
      siteName: this.siteName,
      url: this.url,
      scmHost: this.scmHost,
    });
  }
}

function declareSite(name: string, args: CollectorSiteArgs, parent: pulumi.Resource): WebApp {
  const { resourceGroupName, location, tags, identityId } = args;
  const plan = new AppServicePlan(
    `${name}-plan`,
    {
      resourceGroupName,
      name: args.siteName,
      location,
      kind: "functionapp",
      reserved: true,
      sku: { name: "FC1", tier: "FlexConsumption" },
      tags,
    },
    { parent },
  );
  const siteConfig = { appSettings: args.appSettings, ...hardened, ...reachedFrom(args) };
  return new WebApp(
    `${name}-site`,
    {
      resourceGroupName,
      name: args.siteName,
      location,
      kind: "functionapp,linux",
      serverFarmId: plan.id,
      identity: { type: "UserAssigned", userAssignedIdentities: [identityId] },
      keyVaultReferenceIdentity: identityId,
      httpsOnly: true,
      clientCertEnabled: false,
      functionAppConfig: functionAppConfig(args),
      siteConfig,
      publicNetworkAccess: isOpen(args) ? "Enabled" : "Disabled",
      // On this plan everything that the app calls goes through the subnet: there is no routing to set.
      ...(args.subnetId === undefined ? {} : { virtualNetworkSubnetId: args.subnetId }),
      tags,
    },
    { parent, transformations: [exactly(siteConfig)] },
  );
}

const hardened = {
  minTlsVersion: "1.2",
  scmMinTlsVersion: "1.2",
  ftpsState: "Disabled",
  http20Enabled: true,
  remoteDebuggingEnabled: false,
};

function functionAppConfig(args: CollectorSiteArgs) {
  return {
    deployment: {
      storage: {
        type: "blobContainer",
        value: args.deploymentContainer,
        authentication: {
          type: "UserAssignedIdentity",
          userAssignedIdentityResourceId: args.identityId,
        },
      },
    },
    runtime: { name: "node", version: "22" },
    scaleAndConcurrency: {
      instanceMemoryMB: args.instanceMemoryMB,
      maximumInstanceCount: args.maximumInstanceCount,
    },
  };
}

/** Public addresses stay open without a network, and for the deployer alone where it is named. */
function isOpen({ subnetId, deployerIpRanges = [] }: CollectorSiteArgs): boolean {
  return subnetId === undefined || deployerIpRanges.length > 0;
}

/** Behind a network only code is pushed from outside, and only by the deployer. */
function reachedFrom(args: CollectorSiteArgs) {
  if (args.subnetId === undefined || !isOpen(args)) return {};
  return {
    ipSecurityRestrictionsDefaultAction: "Deny",
    scmIpSecurityRestrictionsUseMain: false,
    scmIpSecurityRestrictionsDefaultAction: "Deny",
    scmIpSecurityRestrictions: (args.deployerIpRanges ?? []).map((ipAddress, index) => ({
      name: `deployer-${index}`,
      action: "Allow",
      priority: 100 + index,
      ipAddress,
    })),
  };
}

/**
 * The site's configuration as it is written here. The SDK fills in settings of classic plans, which Flex Consumption refuses
 * in some regions (pulumi-azure-native#4168), and hides the whole of it at preview while one app setting is unknown.
 */
function exactly(siteConfig: object) {
  return ({ props, opts }: pulumi.ResourceTransformationArgs) => ({
    props: { ...props, siteConfig },
    opts,
  });
}

/** @throws RunError when the service names no host to push code to. */
function publishingHost(
  hosts: readonly { readonly hostType?: string; readonly name?: string }[],
  siteName: string,
): string {
  const host = hosts.find(({ hostType }) => hostType === "Repository")?.name;
  if (host !== undefined) return host;
  throw new pulumi.RunError(
    `The function app ${siteName} has no address to push code to. Deploy with collector.codePush: external, and push the code yourself.`,
  );
}
