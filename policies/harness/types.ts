/** Types of the resources that rules judge. */
export const types = {
  application: "azuread:index/application:Application",
  applicationApiAccess: "azuread:index/applicationApiAccess:ApplicationApiAccess",
  applicationCertificate: "azuread:index/applicationCertificate:ApplicationCertificate",
  applicationFallbackPublicClient:
    "azuread:index/applicationFallbackPublicClient:ApplicationFallbackPublicClient",
  applicationIdentifierUri: "azuread:index/applicationIdentifierUri:ApplicationIdentifierUri",
  applicationOwner: "azuread:index/applicationOwner:ApplicationOwner",
  applicationPassword: "azuread:index/applicationPassword:ApplicationPassword",
  applicationRedirectUris: "azuread:index/applicationRedirectUris:ApplicationRedirectUris",
  applicationRegistration: "azuread:index/applicationRegistration:ApplicationRegistration",
  appRoleAssignment: "azuread:index/appRoleAssignment:AppRoleAssignment",
  delegatedGrant:
    "azuread:index/servicePrincipalDelegatedPermissionGrant:ServicePrincipalDelegatedPermissionGrant",
  directoryRoleAssignment: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
  directoryRoleEligibility:
    "azuread:index/directoryRoleEligibilityScheduleRequest:DirectoryRoleEligibilityScheduleRequest",
  federatedCredential:
    "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
  flexibleFederatedCredential:
    "azuread:index/applicationFlexibleFederatedIdentityCredential:ApplicationFlexibleFederatedIdentityCredential",
  servicePrincipal: "azuread:index/servicePrincipal:ServicePrincipal",
  servicePrincipalCertificate: "azuread:index/servicePrincipalCertificate:ServicePrincipalCertificate",
  servicePrincipalPassword: "azuread:index/servicePrincipalPassword:ServicePrincipalPassword",
  roleAssignment: "azure-native:authorization:RoleAssignment",
  userAssignedIdentity: "azure-native:managedidentity:UserAssignedIdentity",
  vault: "azure-native:keyvault:Vault",
  storageAccount: "azure-native:storage:StorageAccount",
  storageLifecycle: "azure-native:storage:ManagementPolicy",
  plan: "azure-native:web:AppServicePlan",
  site: "azure-native:web:WebApp",
  siteFtpAllowed: "azure-native:web:WebAppFtpAllowed",
  siteScmAllowed: "azure-native:web:WebAppScmAllowed",
  workspace: "azure-native:operationalinsights:Workspace",
  applicationInsights: "azure-native:applicationinsights:Component",
  diagnosticSetting: "azure-native:monitor:DiagnosticSetting",
  collectorFunction: "entra-connectors:index:CollectorFunction",
  connector: "entra-connectors:index:Connector",
  directoryRole: "entra-connectors:index:DirectoryRole",
  clientSecret: "entra-connectors:index:ClientSecret",
  certificate: "entra-connectors:index:Certificate",
  vendorCertificate: "entra-connectors:index:VendorCertificate",
} as const;
