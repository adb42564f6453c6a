/** The components, for programs that declare connectors without this project's stack settings. */
export { AdminConsent, type AdminConsentArgs } from "./admin-consent";
export { AppRegistration, type AppRegistrationArgs } from "./app-registration";
export { type ApiPermissionsArgs, type AppRoleArgs, ConsentMode, type VaultTargetArgs } from "./arguments";
export {
  CollectorAlerts,
  type CollectorAlertsArgs,
  type WatchedCredentialArgs,
  type WatchedStreamArgs,
} from "./collector/alerts";
export type { ServedCertificateArgs, ServedCloudArgs, ServedConnectorArgs } from "./collector/app-settings";
export type { VaultCertificateAccessArgs } from "./collector/certificate-roles";
export {
  CollectorFunction,
  type CollectorFunctionArgs,
  type CollectorIdentityArgs,
  CollectorMode,
  type CollectorNetworkTargetArgs,
} from "./collector/collector-function";
export { CollectorNetwork, type CollectorNetworkArgs } from "./collector/network";
export { CollectorWorkspace, type CollectorWorkspaceArgs } from "./collector/workspace";
export { Connector, type ConnectorArgs, type ConnectorDirectoryRoleArgs } from "./connector";
export { Certificate, type CertificateArgs } from "./credentials/certificate";
export { ClientSecret, type ClientSecretArgs } from "./credentials/client-secret";
export { type CredentialArgs, CredentialKind } from "./credentials/credential-set";
export {
  CredentialVault,
  type CredentialVaultArgs,
  type VaultReaderArgs,
} from "./credentials/credential-vault";
export { FederatedCredential, type FederatedCredentialArgs } from "./credentials/federated";
export type { IssuedCredential } from "./credentials/issued";
export { VendorCertificate, type VendorCertificateArgs } from "./credentials/vendor-certificate";
export { DirectoryRole, type DirectoryRoleArgs } from "./directory-role";
export { WorkloadIdentity, type WorkloadIdentityArgs } from "./workload-identity";
