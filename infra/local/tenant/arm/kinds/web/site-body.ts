import type { Resource } from "../../model";
import type { View } from "../kind";
import { siteConfigSchema } from "./site-schema";

/** `config/web` of a site without app settings, over what a site has when nothing is declared. */
export function siteConfigOf({ properties }: Resource): Record<string, unknown> {
  const { appSettings: _, ...declared } = siteConfigSchema.parse(properties.siteConfig ?? {});
  return {
    numberOfWorkers: 1,
    netFrameworkVersion: "v4.0",
    alwaysOn: false,
    ftpsState: "FtpsOnly",
    functionAppScaleLimit: 0,
    functionsRuntimeScaleMonitoringEnabled: false,
    http20Enabled: false,
    ipSecurityRestrictionsDefaultAction: null,
    linuxFxVersion: "",
    loadBalancing: "LeastRequests",
    localMySqlEnabled: false,
    managedPipelineMode: "Integrated",
    minTlsVersion: "1.2",
    minimumElasticInstanceCount: 0,
    remoteDebuggingEnabled: false,
    scmIpSecurityRestrictionsDefaultAction: null,
    scmIpSecurityRestrictionsUseMain: false,
    scmMinTlsVersion: "1.2",
    scmType: "None",
    use32BitWorkerProcess: false,
    webSocketsEnabled: false,
    ...declared,
    appSettings: null,
  };
}

/** The app settings of a site by name. */
export function appSettingsOf({ properties }: Resource): Record<string, string> {
  const { appSettings } = siteConfigSchema.parse(properties.siteConfig ?? {});
  return Object.fromEntries((appSettings ?? []).map(({ name, value }) => [name, value]));
}

/** Whether the site was stopped. */
export function isStopped({ generated }: Resource): boolean {
  return generated.state === "Stopped";
}

/** `properties` of a site as Azure tells them. */
export function siteProperties({ call, resource }: View): object {
  const { site, scm } = call.hosting.sites.addresses(resource.name.toLowerCase());
  const { siteConfig: _, ...declared } = resource.properties;
  const { numberOfWorkers, alwaysOn, http20Enabled, linuxFxVersion } = siteConfigOf(resource);
  const hostNames = [
    {
      name: site,
      hostType: "Standard",
      sslState: "Disabled",
      thumbprint: null,
      toUpdate: null,
      virtualIP: null,
    },
    {
      name: scm,
      hostType: "Repository",
      sslState: "Disabled",
      thumbprint: null,
      toUpdate: null,
      virtualIP: null,
    },
  ];
  return {
    clientAffinityEnabled: false,
    clientCertEnabled: false,
    clientCertMode: "Required",
    containerSize: 0,
    dailyMemoryTimeQuota: 0,
    hostNamesDisabled: false,
    httpsOnly: false,
    keyVaultReferenceIdentity: "SystemAssigned",
    publicNetworkAccess: "Enabled",
    redundancyMode: "None",
    storageAccountRequired: false,
    ...declared,
    availabilityState: "Normal",
    customDomainVerificationId: resource.generated.verification,
    defaultHostName: site,
    enabled: true,
    enabledHostNames: [site, scm],
    hostNameSslStates: hostNames,
    hostNames: [site],
    lastModifiedTimeUtc: new Date(resource.modifiedAt).toISOString(),
    repositorySiteName: resource.name,
    reserved: true,
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(resource.path)?.[1],
    siteConfig: { numberOfWorkers, alwaysOn, http20Enabled, linuxFxVersion, appSettings: null },
    sku: "FlexConsumption",
    state: isStopped(resource) ? "Stopped" : "Running",
    usageState: "Normal",
  };
}
