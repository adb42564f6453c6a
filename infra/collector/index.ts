/** The stack's own collector: log workspace, network, function apps, alerts. */
import type * as pulumi from "@pulumi/pulumi";
import type { CollectorFunction } from "../../components/collector/collector-function";
import { logToWorkspace } from "../../components/collector/diagnostics";
import { lockResource } from "../../components/collector/lock";
import { CollectorNetwork } from "../../components/collector/network";
import { connectPrivately } from "../../components/collector/private-endpoint";
import { CollectorWorkspace } from "../../components/collector/workspace";
import type { CollectorApp, CollectorDeployment } from "../../components/permissions/settings";
import type { StackAzure } from "../azure";
import { declareAlerts } from "./alerts";
import { declareApp } from "./app";
import type { CollectorPlace, DeclaredConnector } from "./place";

/** One function app with the entries that it serves. */
interface DeclaredApp {
  readonly app: CollectorApp;
  readonly component: CollectorFunction;
}

/**
 * Declares the collector beside its connectors.
 * @param packageHash of the code that this run pushes; undefined where somebody else pushes it
 */
export function declareCollector(
  settings: CollectorDeployment,
  azure: StackAzure,
  declared: readonly DeclaredConnector[],
  packageHash: string | undefined,
) {
  const place: CollectorPlace = {
    settings,
    azure,
    declared,
    resourceGroupName: azure.resourceGroupName(),
    location: azure.settings.location,
    tags: { ...azure.tags, ...settings.tags },
    options: azure.provider === undefined ? {} : { providers: [azure.provider] },
  };
  const workspaceId = declareWorkspace(place);
  const network = declareNetwork(place);
  watchVault(place, workspaceId, network);
  const apps = settings.apps.map((app) => ({
    app,
    component: declareApp(app, place, workspaceId, network, packageHash),
  }));
  declareAlerts(place, workspaceId);
  return apps.map((one) => appOutput(one, place));
}

function declareWorkspace({ settings, resourceGroupName, location, tags, options }: CollectorPlace) {
  const { workspaceId } = new CollectorWorkspace(
    "collector-logs",
    { resourceGroupName, location, retentionDays: settings.logRetentionDays, tags },
    options,
  );
  if (settings.lock) lockResource("collector-logs", workspaceId, resourceOptions(options));
  return workspaceId;
}

function declareNetwork({ settings, resourceGroupName, location, tags, options }: CollectorPlace) {
  if (settings.network === undefined) return undefined;
  const { addressSpace } = settings.network;
  return new CollectorNetwork(
    "collector-network",
    { resourceGroupName, location, addressSpace, tags },
    options,
  );
}

/** The stack's own vault is logged and, with a network, reached through it. Somebody else's vault is theirs to watch. */
function watchVault(
  { azure, resourceGroupName, location, tags, options }: CollectorPlace,
  workspaceId: pulumi.Output<string>,
  network: CollectorNetwork | undefined,
): void {
  if (azure.vault === undefined || azure.vaultIsForeign) return;
  const { vaultId } = azure.vault;
  logToWorkspace("credentials-vault", vaultId, workspaceId, resourceOptions(options));
  if (network === undefined) return;
  const { endpointsSubnetId: subnetId, vaultZoneId: zoneId } = network;
  connectPrivately(
    "credentials-vault",
    { resourceGroupName, location, serviceId: vaultId, group: "vault", subnetId, zoneId, tags },
    resourceOptions(options),
  );
}

/** What the stack's output `collector` tells about one app (see outputs.ts). */
function appOutput({ app, component }: DeclaredApp, { resourceGroupName }: CollectorPlace) {
  return {
    name: component.siteName,
    mode: app.mode,
    url: component.url,
    siteId: component.siteId,
    resourceGroup: resourceGroupName,
    identityClientId: component.identityClientId,
    storage: { blobServiceUri: component.blobServiceUri, queueServiceUri: component.queueServiceUri },
    connectors: app.serves.map(({ name, slug, streams }) => ({ name, slug, streams: [...streams] })),
  };
}

/** Components take a list of providers, resources one. */
function resourceOptions({ providers }: pulumi.ComponentResourceOptions): pulumi.CustomResourceOptions {
  const [provider] = Array.isArray(providers) ? providers : [];
  return provider === undefined ? {} : { provider };
}
