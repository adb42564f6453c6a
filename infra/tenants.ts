/** The Entra tenants of a stack: endpoints, provider and deployer of each. */
import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import { type Cloud, resolveCloud } from "../components/clouds";
import type { ConnectorSettings } from "../components/permissions/settings";

/** A tenant that connectors are made in. */
export interface Tenant {
  readonly cloud: Cloud;
  /** Absent: the default provider already works in that tenant. */
  readonly provider?: pulumi.ProviderResource;
  /** Object id of whoever deploys, in that tenant. */
  readonly deployerObjectId: string;
}

/** What the azuread provider calls Microsoft's clouds (its argument `environment`). */
const environments: Readonly<Record<string, string>> = {
  global: "global",
  gcc: "global",
  gcchigh: "usgovernmentl4",
  dod: "usgovernmentl5",
  china21vianet: "china",
};

/**
 * Finds the tenant of a connector, each tenant once. A tenant other than the one that the environment signs in to gets a
 * provider of its own.
 * @param metadataHost ARM host that describes the endpoints, where the cloud is none of Microsoft's public ones
 */
export function tenants(metadataHost: string | undefined): (connector: ConnectorSettings) => Promise<Tenant> {
  const known = new Map<string, Promise<Tenant>>();
  return (connector) => {
    const { tenantId, cloud, graphDomain = "" } = connector;
    const key = [tenantId.toLowerCase(), cloud, graphDomain].join(" ");
    const found = known.get(key) ?? openTenant(connector, metadataHost);
    known.set(key, found);
    return found;
  };
}

async function openTenant(
  { tenantId, cloud: name, graphDomain }: ConnectorSettings,
  metadataHost: string | undefined,
): Promise<Tenant> {
  const [cloud, ambient] = await Promise.all([
    resolveCloud({ name, graphDomain, metadataHost }),
    azuread.getClientConfig(),
  ]);
  const environment = environments[cloud.name] ?? "global";
  const endpointsKnown = metadataHost !== undefined || environment === "global";
  if (ambient.tenantId.toLowerCase() === tenantId.toLowerCase() && endpointsKnown) {
    return { cloud, deployerObjectId: ambient.objectId };
  }
  const provider = new azuread.Provider(`azuread-${tenantId}-${cloud.name}`, {
    tenantId,
    ...(metadataHost === undefined ? { environment } : configuredOnly(metadataHost)),
  });
  const deployer = await azuread.getClientConfig({ provider });
  return { cloud, provider, deployerObjectId: deployer.objectId };
}

/** The plugin reads the environment itself; a host from there must not outlive it in the state, which refresh and destroy use. */
function configuredOnly(metadataHost: string) {
  return process.env.ARM_METADATA_HOSTNAME === undefined ? { metadataHost } : {};
}
