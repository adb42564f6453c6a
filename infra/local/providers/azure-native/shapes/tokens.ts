/** The resource types whose shapes are generated from the SDK, by module. */
export const generatedTypes = {
  applicationinsights: ["Component"],
  authorization: ["ManagementLockByScope"],
  monitor: ["ActionGroup", "DiagnosticSetting", "MetricAlert", "ScheduledQueryRule"],
  network: ["NetworkSecurityGroup", "PrivateDnsZoneGroup", "PrivateEndpoint", "Subnet", "VirtualNetwork"],
  operationalinsights: ["Workspace"],
  privatedns: ["PrivateZone", "VirtualNetworkLink"],
  storage: ["BlobContainer", "ManagementPolicy", "Queue", "StorageAccount"],
  web: ["AppServicePlan", "WebApp", "WebAppFtpAllowed", "WebAppScmAllowed"],
} as const;
