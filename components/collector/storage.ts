import { BlobContainer, ManagementPolicy, Queue, StorageAccount } from "@pulumi/azure-native/storage";
import * as pulumi from "@pulumi/pulumi";
import { logToWorkspace } from "./diagnostics";
import { containers, defaultRetentionDays, queues } from "./function/model/settings";
import type { CollectorEndpointsArgs } from "./network";
import { connectPrivately } from "./private-endpoint";

/** What a collector's storage is made from. */
export interface CollectorStorageArgs {
  /** Name of the account: 3 to 24 lower-case letters and digits, unique in the whole cloud. */
  accountName: string;
  resourceGroupName: pulumi.Input<string>;
  /** Azure region. */
  location: pulumi.Input<string>;
  /** Days after which collected data is deleted. @default 30 */
  retentionDays?: number;
  /** Log workspace. */
  workspaceId: pulumi.Input<string>;
  /** Closes the public endpoints and opens private ones. @default public endpoints */
  endpoints?: CollectorEndpointsArgs;
  /** @default none */
  tags?: { [name: string]: string };
}

/**
 * The storage account of one function app: containers for collected data, state and the deployed code, the queue of work
 * and the one of what failed. Identities alone get in: no account key, no shared access signature, no public blob.
 */
export class CollectorStorage extends pulumi.ComponentResource {
  public readonly accountId: pulumi.Output<string>;
  public readonly accountName: pulumi.Output<string>;
  /** Without trailing slash. */
  public readonly blobServiceUri: pulumi.Output<string>;
  /** Without trailing slash. */
  public readonly queueServiceUri: pulumi.Output<string>;

  constructor(name: string, args: CollectorStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("entra-connectors:index:CollectorStorage", name, {}, opts);
    const place = { resourceGroupName: args.resourceGroupName };

    const account = declareAccount(name, args, this);
    const inAccount = { ...place, accountName: account.name };
    for (const containerName of Object.values(containers)) {
      new BlobContainer(
        `${name}-${containerName}`,
        { ...inAccount, containerName, publicAccess: "None" },
        { parent: this },
      );
    }
    for (const queueName of Object.values(queues)) {
      new Queue(`${name}-${queueName}`, { ...inAccount, queueName }, { parent: this });
    }
    new ManagementPolicy(
      `${name}-lifecycle`,
      {
        ...inAccount,
        managementPolicyName: "default",
        policy: { rules: [deleteDataAfter(args.retentionDays ?? defaultRetentionDays)] },
      },
      { parent: this },
    );
    for (const service of ["blob", "queue"] as const) {
      const serviceUri = pulumi.interpolate`${account.id}/${service}Services/default`;
      logToWorkspace(`${name}-${service}`, serviceUri, args.workspaceId, { parent: this });
      if (args.endpoints !== undefined) connect(service, name, account, args, args.endpoints, this);
    }

    this.accountId = account.id;
    this.accountName = account.name;
    this.blobServiceUri = account.primaryEndpoints.apply(({ blob }) => withoutSlash(blob));
    this.queueServiceUri = account.primaryEndpoints.apply(({ queue }) => withoutSlash(queue));
    this.registerOutputs({
      accountId: this.accountId,
      accountName: this.accountName,
      blobServiceUri: this.blobServiceUri,
      queueServiceUri: this.queueServiceUri,
    });
  }
}

function declareAccount(name: string, args: CollectorStorageArgs, parent: pulumi.Resource): StorageAccount {
  const closed = args.endpoints !== undefined;
  return new StorageAccount(
    `${name}-account`,
    {
      resourceGroupName: args.resourceGroupName,
      accountName: args.accountName,
      location: args.location,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      accessTier: "Hot",
      allowBlobPublicAccess: false,
      allowCrossTenantReplication: false,
      allowSharedKeyAccess: false,
      defaultToOAuthAuthentication: true,
      enableHttpsTrafficOnly: true,
      isLocalUserEnabled: false,
      minimumTlsVersion: "TLS1_2",
      networkRuleSet: { bypass: "None", defaultAction: closed ? "Deny" : "Allow" },
      publicNetworkAccess: closed ? "Disabled" : "Enabled",
      tags: args.tags,
    },
    { parent },
  );
}

/** State and code stay: they are few, and without its state the collector would read everything anew. */
function deleteDataAfter(days: number) {
  return {
    name: "delete-collected-data",
    type: "Lifecycle",
    enabled: true,
    definition: {
      filters: { blobTypes: ["blockBlob"], prefixMatch: [`${containers.data}/`] },
      actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: days } } },
    },
  };
}

function connect(
  service: "blob" | "queue",
  name: string,
  account: StorageAccount,
  { resourceGroupName, location, tags }: CollectorStorageArgs,
  endpoints: CollectorEndpointsArgs,
  parent: pulumi.Resource,
): void {
  const zoneId = service === "blob" ? endpoints.blobZoneId : endpoints.queueZoneId;
  const target = {
    resourceGroupName,
    location,
    serviceId: account.id,
    group: service,
    subnetId: endpoints.subnetId,
    zoneId,
    tags,
  };
  connectPrivately(`${name}-${service}`, target, { parent });
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}
