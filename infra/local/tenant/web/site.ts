import type { StorageHost } from "../arm/hosting";
import { appSettingsOf, isStopped } from "../arm/kinds/web/site-body";
import { deploymentContainer } from "../arm/kinds/web/site-rules";
import { siteSchema } from "../arm/kinds/web/site-schema";
import { openResources, type Resource, type Resources } from "../arm/model";
import type { Tenant } from "../core/types";

/** A function app as it is declared now. */
export interface DeclaredSite {
  /** ARM id. */
  readonly id: string;
  readonly name: string;
  /** Tells sites of one name apart. */
  readonly life: string;
  readonly stopped: boolean;
  readonly settings: Readonly<Record<string, string>>;
  /** Object ids of its identities. */
  readonly principalIds: readonly string[];
  readonly keyVaultReferenceIdentity: string | undefined;
  readonly maximumInstances: number;
  readonly deployment: DeploymentPlace;
}

/** Where the package is kept, and as whom the platform writes and reads it. */
export interface DeploymentPlace {
  readonly accountId: string;
  readonly account: string;
  readonly container: string;
  /** Object id of the identity. */
  readonly principalId: string;
}

/** The site of that name; undefined when there is none, or its storage is gone. */
export function declaredSite(
  tenant: Pick<Tenant, "store">,
  storage: StorageHost,
  name: string,
): DeclaredSite | undefined {
  const resources = openResources(tenant.store);
  const resource = siteNamed(resources, name);
  if (resource === undefined) return undefined;
  const properties = siteSchema.parse(resource.properties);
  const reader = properties.keyVaultReferenceIdentity ?? "SystemAssigned";
  const deployment = placeOf(resources, storage, resource);
  if (deployment === undefined) return undefined;
  return {
    ...{ id: resource.path, name: resource.name, life: resource.generated.verification ?? "" },
    stopped: isStopped(resource),
    settings: appSettingsOf(resource),
    principalIds: (resource.identity?.userAssignedIdentities ?? []).flatMap(
      (id) => principalOf(resources, id) ?? [],
    ),
    keyVaultReferenceIdentity: reader === "SystemAssigned" ? undefined : reader,
    maximumInstances: properties.functionAppConfig?.scaleAndConcurrency.maximumInstanceCount ?? 100,
    deployment,
  };
}

function siteNamed({ others }: Resources, name: string): Resource | undefined {
  return others
    .by("type", "Microsoft.Web/sites")
    .find((site) => site.name.toLowerCase() === name.toLowerCase());
}

/** Names of all sites. */
export function siteNames(tenant: Pick<Tenant, "store">): string[] {
  return openResources(tenant.store)
    .others.by("type", "Microsoft.Web/sites")
    .map(({ name }) => name);
}

function placeOf(resources: Resources, storage: StorageHost, site: Resource): DeploymentPlace | undefined {
  const { value, authentication } =
    siteSchema.parse(site.properties).functionAppConfig?.deployment.storage ?? {};
  if (value === undefined) return undefined;
  const found = deploymentContainer(resources, storage, value);
  const principalId = principalOf(resources, authentication?.userAssignedIdentityResourceId ?? "");
  if (found === undefined || principalId === undefined) return undefined;
  return { accountId: found.account.path, account: found.account.name, container: found.name, principalId };
}

function principalOf({ identities }: Resources, id: string): string | undefined {
  return identities.get(id.toLowerCase())?.principalId;
}
