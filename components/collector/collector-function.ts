import { Component as ApplicationInsights } from "@pulumi/azure-native/applicationinsights";
import * as pulumi from "@pulumi/pulumi";
import { collectorRoles } from "../permissions/planning/collector-roles";
import { FunctionPackage } from "../plugin/resources";
import { appSettings, type ServedConnectorArgs } from "./app-settings";
import { certificateRoles, type VaultCertificateAccessArgs } from "./certificate-roles";
import { containers, defaultRetentionDays } from "./function/model/settings";
import { lockResource } from "./lock";
import type { CollectorEndpointsArgs } from "./network";
import { connectPrivately } from "./private-endpoint";
import { assignRoles } from "./roles";
import { CollectorSite } from "./site";
import { CollectorStorage } from "./storage";
import { uniqueName } from "./unique-name";

/** What a function app is for. */
export const CollectorMode = {
  /** Reads on schedule. */
  Collect: "collect",
  /** Serves read-write connectors; idle until something is to be provisioned. */
  Provision: "provision",
} as const;
/** What a function app is for. */
export type CollectorMode = (typeof CollectorMode)[keyof typeof CollectorMode];

/** The user-assigned identity of a function app, for example a WorkloadIdentity. */
export interface CollectorIdentityArgs {
  /** Azure resource id. */
  identityId: pulumi.Input<string>;
  clientId: pulumi.Input<string>;
  /** Object id. */
  principalId: pulumi.Input<string>;
}

/** The network that a function app is closed into, for example a CollectorNetwork. */
export interface CollectorNetworkTargetArgs {
  /** Subnet that is delegated to Microsoft.App/environments. */
  functionsSubnetId: pulumi.Input<string>;
  /** Subnet of the private endpoints. */
  endpointsSubnetId: pulumi.Input<string>;
  /** Private DNS zones of the services. */
  blobZoneId: pulumi.Input<string>;
  queueZoneId: pulumi.Input<string>;
  siteZoneId: pulumi.Input<string>;
}

/**
 * What a collector's function app is made from.
 * @example
 * new CollectorFunction("collector", {
 *   subscriptionId,
 *   resourceGroupName: group.name,
 *   location: "westeurope",
 *   identity,
 *   workspaceId: workspace.workspaceId,
 *   connectors: [{ slug: "contoso", name: "Contoso", tenantId, clientId: connector.clientId, cloud, streams: ["users"] }],
 * });
 */
export interface CollectorFunctionArgs {
  subscriptionId: string;
  resourceGroupName: pulumi.Input<string>;
  /** Azure region that offers the Flex Consumption plan. */
  location: pulumi.Input<string>;
  /** What the app runs as. Never the identity of another app: whoever is trusted by a connector is trusted wholly. */
  identity: CollectorIdentityArgs;
  /** @default "collect" */
  mode?: CollectorMode;
  /** The connectors that the app signs in as; each must trust the identity, or a certificate that it may use. */
  connectors: ServedConnectorArgs[];
  /** Log Analytics workspace, Azure resource id. */
  workspaceId: pulumi.Input<string>;
  /** When it collects: six-field NCRONTAB expression, UTC. @default "0 0 *\/4 * * *" */
  schedule?: string;
  /** Days after which collected data is deleted. @default 30 */
  retentionDays?: number;
  /** Memory of an instance, MB: 512, 2048 or 4096. @default 2048 */
  instanceMemoryMB?: number;
  /** Most instances at a time, 40 to 1000. @default 40 */
  maximumInstanceCount?: number;
  /** Closes storage and app into a network. @default public endpoints, where identities alone get in */
  network?: CollectorNetworkTargetArgs;
  /** With a network: IPv4 ranges from which code may be pushed. @default none */
  deployerIpRanges?: string[];
  /** Vault certificates that the app signs with. @default none */
  certificates?: VaultCertificateAccessArgs[];
  /** SHA-256 of the package that the deployment pushes. @default the code is pushed by somebody else */
  packageHash?: pulumi.Input<string>;
  /** Lock storage against deletion. @default false */
  lock?: boolean;
  /** @default none */
  tags?: { [name: string]: string };
}

/**
 * A function app that signs in as connectors and collects what their permissions let it read, with all that it needs:
 * storage, plan, Application Insights, roles on exactly these, diagnostics. It holds no secret.
 */
export class CollectorFunction extends pulumi.ComponentResource {
  public readonly siteId: pulumi.Output<string>;
  public readonly siteName: pulumi.Output<string>;
  public readonly url: pulumi.Output<string>;
  /** Host that code is pushed to. */
  public readonly scmHost: pulumi.Output<string>;
  public readonly identityClientId: pulumi.Output<string>;
  public readonly blobServiceUri: pulumi.Output<string>;
  public readonly queueServiceUri: pulumi.Output<string>;

  constructor(name: string, args: CollectorFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorFunction", name, {}, opts);
    const { resourceGroupName, location, identity, workspaceId, network } = args;
    const tags = args.tags === undefined ? {} : { tags: args.tags };
    const place = { resourceGroupName, location, workspaceId, ...tags };

    const storage = new CollectorStorage(
      `${name}-storage`,
      {
        ...place,
        accountName: uniqueName(name, args.subscriptionId, { separator: "", longest: 24 }),
        ...(args.retentionDays === undefined ? {} : { retentionDays: args.retentionDays }),
        ...(network === undefined ? {} : { endpoints: endpointsOf(network) }),
      },
      { parent: this },
    );
    const insights = declareInsights(name, args, this);
    const roles = [
      ...assignRoles(name, ownRoles(storage, insights), { ...args, ...identity }, { parent: this }),
      ...assignRoles(name, certificateRoles(args.certificates), { ...args, ...identity }, { parent: this }),
    ];
    const site = new CollectorSite(
      `${name}-app`,
      {
        ...place,
        siteName: uniqueName(name, args.subscriptionId, { separator: "-", longest: 32 }),
        identityId: identity.identityId,
        deploymentContainer: pulumi.interpolate`${storage.blobServiceUri}/${containers.deployment}`,
        appSettings: appSettings({
          mode: args.mode ?? "collect",
          schedule: args.schedule ?? "0 0 */4 * * *",
          identityClientId: identity.clientId,
          blobServiceUri: storage.blobServiceUri,
          queueServiceUri: storage.queueServiceUri,
          retentionDays: args.retentionDays ?? defaultRetentionDays,
          insightsConnectionString: insights.connectionString,
          connectors: args.connectors,
        }),
        instanceMemoryMB: args.instanceMemoryMB ?? 2048,
        maximumInstanceCount: args.maximumInstanceCount ?? 40,
        ...(network === undefined ? {} : { subnetId: network.functionsSubnetId }),
        ...(args.deployerIpRanges === undefined ? {} : { deployerIpRanges: args.deployerIpRanges }),
      },
      // The app starts by fetching its code and taking its lease, for which it needs the roles.
      { parent: this, dependsOn: [storage, ...roles] },
    );
    if (network !== undefined) connectSite(name, site, args, network, this);
    if (args.packageHash !== undefined) {
      const { siteId, scmHost } = site;
      const code = { siteId, scmHost, sha256: args.packageHash };
      new FunctionPackage(`${name}-code`, code, { parent: this, dependsOn: [site, ...roles] });
    }
    if (args.lock) {
      lockResource(`${name}-storage`, storage.accountId, { parent: this, dependsOn: [storage, ...roles] });
    }

    this.siteId = site.siteId;
    this.siteName = site.siteName;
    this.url = site.url;
    this.scmHost = site.scmHost;
    this.identityClientId = pulumi.output(identity.clientId);
    this.blobServiceUri = storage.blobServiceUri;
    this.queueServiceUri = storage.queueServiceUri;
    this.registerOutputs({
      siteId: this.siteId,
      siteName: this.siteName,
      url: this.url,
      scmHost: this.scmHost,
      identityClientId: this.identityClientId,
      blobServiceUri: this.blobServiceUri,
      queueServiceUri: this.queueServiceUri,
    });
  }
}

function declareInsights(
  name: string,
  { resourceGroupName, location, workspaceId, tags }: CollectorFunctionArgs,
  parent: pulumi.Resource,
): ApplicationInsights {
  return new ApplicationInsights(
    `${name}-insights`,
    {
      resourceGroupName,
      resourceName: name,
      location,
      kind: "web",
      applicationType: "web",
      workspaceResourceId: workspaceId,
      ingestionMode: "LogAnalytics",
      disableLocalAuth: true,
      tags,
    },
    { parent },
  );
}

function ownRoles(storage: CollectorStorage, insights: ApplicationInsights) {
  return [
    { suffix: "blobs", role: collectorRoles.blobs, scope: storage.accountId },
    { suffix: "queues", role: collectorRoles.queues, scope: storage.accountId },
    { suffix: "metrics", role: collectorRoles.metrics, scope: insights.id },
  ];
}

function endpointsOf(network: CollectorNetworkTargetArgs): CollectorEndpointsArgs {
  const { endpointsSubnetId, blobZoneId, queueZoneId } = network;
  return { subnetId: endpointsSubnetId, blobZoneId, queueZoneId };
}

function connectSite(
  name: string,
  site: CollectorSite,
  { resourceGroupName, location, tags }: CollectorFunctionArgs,
  { endpointsSubnetId, siteZoneId }: CollectorNetworkTargetArgs,
  parent: pulumi.Resource,
): void {
  connectPrivately(
    `${name}-site`,
    {
      resourceGroupName,
      location,
      serviceId: site.siteId,
      group: "sites",
      subnetId: endpointsSubnetId,
      zoneId: siteZoneId,
      tags,
    },
    { parent },
  );
}
