/** The API version of each kind: those that the official provider chooses for the same SDK version. */
export const apiVersions = {
  resourceGroup: "2024-03-01",
  userAssignedIdentity: "2023-01-31",
  roleAssignment: "2022-04-01",
  vault: "2024-11-01",
  vaultSecret: "2024-11-01",
  managementLock: "2020-05-01",
  storageAccount: "2024-01-01",
  storageContainer: "2024-01-01",
  storageQueue: "2024-01-01",
  storageManagementPolicy: "2024-01-01",
  workspace: "2023-09-01",
  insightsComponent: "2020-02-02",
  diagnosticSetting: "2021-05-01-preview",
  scheduledQueryRule: "2025-01-01-preview",
  metricAlert: "2018-03-01",
  actionGroup: "2024-10-01-preview",
  serverFarm: "2025-05-01",
  site: "2025-05-01",
  publishingPolicy: "2025-05-01",
  virtualNetwork: "2024-05-01",
  subnet: "2024-05-01",
  networkSecurityGroup: "2024-05-01",
  privateEndpoint: "2024-05-01",
  privateDnsZoneGroup: "2024-05-01",
  privateDnsZone: "2024-06-01",
  privateDnsLink: "2024-06-01",
} as const;

/** A kind of ARM resource that has an API version here. */
export type ArmKind = keyof typeof apiVersions;

/** The path with the API version of its kind. */
export function versioned(path: string, kind: ArmKind): string {
  return `${path}?api-version=${apiVersions[kind]}`;
}
