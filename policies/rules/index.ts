/** Every rule of the pack, in the order of the table: permissions, registration, credentials, directory roles, Azure (vault, storage,
 * function app, logs, network, roles). */
import type { Rule } from "../harness/rule";
import { certificateLifetime } from "./certificate-lifetime";
import { closedNetwork } from "./closed-network";
import { collectedDataExpires } from "./collected-data-expires";
import { consentEqualsDeclaration } from "./consent-equals-declaration";
import { diagnosticsOn } from "./diagnostics-on";
import { directoryRoleTemplate } from "./directory-role-template";
import { exactFederatedCredential } from "./exact-federated-credential";
import { exchangeRoleNeeded } from "./exchange-role-needed";
import { federatedCredentialLimit } from "./federated-credential-limit";
import { fixedEndDate } from "./fixed-end-date";
import { flexConsumptionPlan } from "./flex-consumption-plan";
import { insightsNoLocalAuth } from "./insights-no-local-auth";
import { knownRoleId } from "./known-role-id";
import { lockedPermissions } from "./locked-permissions";
import { mailboxAuditSetUpAge } from "./mailbox-audit-set-up-age";
import { maximumTier } from "./maximum-tier";
import { narrowAzureRole } from "./narrow-azure-role";
import { noDelegatedPermissions } from "./no-delegated-permissions";
import { noGlobalAdministrator } from "./no-global-administrator";
import { noIdentifierUri } from "./no-identifier-uri";
import { noImplicitGrant } from "./no-implicit-grant";
import { noPublicClient } from "./no-public-client";
import { noRedirectUri } from "./no-redirect-uri";
import { noUserOwner } from "./no-user-owner";
import { overlappingSlots } from "./overlapping-slots";
import { ownersAsDeclared } from "./owners-as-declared";
import { permissionAllowlist } from "./permission-allowlist";
import { permissionDenylist } from "./permission-denylist";
import { preferFederated } from "./prefer-federated";
import { privilegedDirectoryRole } from "./privileged-directory-role";
import { readOnlySet } from "./read-only-set";
import { requiredScopes } from "./required-scopes";
import { roleAssignmentPrincipalType } from "./role-assignment-principal-type";
import { roleOfNamedApi } from "./role-of-named-api";
import { secretLifetime } from "./secret-lifetime";
import { separateIdentities } from "./separate-identities";
import { singleTenant } from "./single-tenant";
import { siteHttpsOnly } from "./site-https-only";
import { siteManagedIdentity } from "./site-managed-identity";
import { siteNoBasicPublishing } from "./site-no-basic-publishing";
import { siteNoFtp } from "./site-no-ftp";
import { siteNoRemoteDebugging } from "./site-no-remote-debugging";
import { siteNoSecretSettings } from "./site-no-secret-settings";
import { siteTls } from "./site-tls";
import { storageNoCrossTenantReplication } from "./storage-no-cross-tenant-replication";
import { storageNoLocalUsers } from "./storage-no-local-users";
import { storageNoPublicBlobs } from "./storage-no-public-blobs";
import { storageSharedKeyOff } from "./storage-shared-key-off";
import { storageTls } from "./storage-tls";
import { tier0AppRole } from "./tier0-app-role";
import { validAcknowledgements } from "./valid-acknowledgements";
import { vaultPurgeProtection } from "./vault-purge-protection";
import { vaultRbac } from "./vault-rbac";
import { vaultSoftDelete } from "./vault-soft-delete";

export const rules: readonly Rule[] = [
  lockedPermissions,
  requiredScopes,
  readOnlySet,
  tier0AppRole,
  maximumTier,
  permissionAllowlist,
  permissionDenylist,
  consentEqualsDeclaration,
  knownRoleId,
  roleOfNamedApi,
  noDelegatedPermissions,
  singleTenant,
  noRedirectUri,
  noPublicClient,
  noImplicitGrant,
  noIdentifierUri,
  ownersAsDeclared,
  noUserOwner,
  secretLifetime,
  certificateLifetime,
  fixedEndDate,
  overlappingSlots,
  preferFederated,
  exactFederatedCredential,
  federatedCredentialLimit,
  privilegedDirectoryRole,
  noGlobalAdministrator,
  directoryRoleTemplate,
  exchangeRoleNeeded,
  mailboxAuditSetUpAge,
  vaultRbac,
  vaultPurgeProtection,
  vaultSoftDelete,
  storageSharedKeyOff,
  storageNoPublicBlobs,
  storageTls,
  storageNoLocalUsers,
  storageNoCrossTenantReplication,
  collectedDataExpires,
  flexConsumptionPlan,
  siteHttpsOnly,
  siteTls,
  siteNoFtp,
  siteNoBasicPublishing,
  siteNoRemoteDebugging,
  siteManagedIdentity,
  siteNoSecretSettings,
  insightsNoLocalAuth,
  diagnosticsOn,
  closedNetwork,
  roleAssignmentPrincipalType,
  narrowAzureRole,
  separateIdentities,
  validAcknowledgements,
];
