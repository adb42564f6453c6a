import provider from "@pulumi/pulumi/proto/provider_pb";
import { describe, expect, it } from "vitest";
import { entraConnectors } from "../../../components/plugin/plugin";
import { diff } from "../../../components/plugin/serve/judging";
import type { Plugin } from "../../../components/plugin/serve/plugin";
import { encode, type Properties } from "../../../components/plugin/serve/values";
import { azureNative } from "../../../infra/local/providers/azure-native/plugin";
import { azuread } from "../../../infra/local/providers/azuread/plugin";

const GUID = "00000000-0000-4000-8000-000000000001";
const OTHER = "00000000-0000-4000-8000-000000000002";

interface Case {
  readonly type: string;
  readonly olds: Properties;
  readonly change: Properties;
  /** Paths that replace; none: an update in place, or no change when `same`. */
  readonly replaces?: readonly string[];
  readonly same?: true;
}

const application = { displayName: "Contoso", tags: ["a", "b"], web: { redirectUris: [] } };
const permission = { resourceAppId: GUID, resourceAccesses: [{ id: GUID, type: "Role" }] };
const password = {
  applicationId: `/applications/${GUID}`,
  displayName: "slot-0",
  endDate: "2027-01-01T00:00:00Z",
  rotateWhenChanged: { generation: "1" },
};
const federated = {
  applicationId: `/applications/${GUID}`,
  displayName: "f",
  issuer: "https://i",
  subject: "s",
  audiences: ["a"],
};
const certificate = { applicationId: `/applications/${GUID}`, value: "PEM" };
const assignment = { appRoleId: GUID, principalObjectId: GUID, resourceObjectId: GUID };
const directoryRole = { principalObjectId: GUID, roleId: GUID };

const azureadCases: readonly Case[] = [
  { type: "application:Application", olds: application, change: { displayName: "Other" } },
  { type: "application:Application", olds: application, change: { tags: ["b", "a"] }, same: true },
  {
    type: "application:Application",
    olds: application,
    change: { signInAudience: "AzureADMyOrg" },
    same: true,
  },
  { type: "application:Application", olds: application, change: { signInAudience: "AzureADMultipleOrgs" } },
  { type: "application:Application", olds: application, change: { requiredResourceAccesses: [permission] } },
  { type: "application:Application", olds: application, change: { notes: "" }, same: true },
  {
    type: "servicePrincipal:ServicePrincipal",
    olds: { clientId: GUID },
    change: { clientId: OTHER },
    replaces: ["clientId"],
  },
  {
    type: "servicePrincipal:ServicePrincipal",
    olds: { clientId: GUID },
    change: { accountEnabled: true },
    same: true,
  },
  { type: "servicePrincipal:ServicePrincipal", olds: { clientId: GUID }, change: { accountEnabled: false } },
  {
    type: "appRoleAssignment:AppRoleAssignment",
    olds: assignment,
    change: { appRoleId: OTHER },
    replaces: ["appRoleId"],
  },
  {
    type: "appRoleAssignment:AppRoleAssignment",
    olds: assignment,
    change: { principalObjectId: OTHER },
    replaces: ["principalObjectId"],
  },
  {
    type: "appRoleAssignment:AppRoleAssignment",
    olds: assignment,
    change: { resourceObjectId: OTHER },
    replaces: ["resourceObjectId"],
  },
  {
    type: "directoryRoleAssignment:DirectoryRoleAssignment",
    olds: directoryRole,
    change: { roleId: OTHER },
    replaces: ["roleId"],
  },
  {
    type: "directoryRoleAssignment:DirectoryRoleAssignment",
    olds: directoryRole,
    change: { principalObjectId: OTHER },
    replaces: ["principalObjectId"],
  },
  {
    type: "directoryRoleAssignment:DirectoryRoleAssignment",
    olds: { ...directoryRole, directoryScopeId: "/" },
    change: { directoryScopeId: undefined },
    same: true,
  },
  {
    type: "applicationPassword:ApplicationPassword",
    olds: password,
    change: { displayName: "x" },
    replaces: ["displayName"],
  },
  {
    type: "applicationPassword:ApplicationPassword",
    olds: password,
    change: { endDate: "2028-01-01T00:00:00Z" },
    replaces: ["endDate"],
  },
  {
    type: "applicationPassword:ApplicationPassword",
    olds: password,
    change: { startDate: "2026-01-01T00:00:00Z" },
    replaces: ["startDate"],
  },
  {
    type: "applicationPassword:ApplicationPassword",
    olds: password,
    change: { rotateWhenChanged: { generation: "2" } },
    replaces: ["rotateWhenChanged.generation"],
  },
  {
    type: "applicationPassword:ApplicationPassword",
    olds: password,
    change: { endDate: undefined },
    same: true,
  },
  {
    type: "applicationCertificate:ApplicationCertificate",
    olds: certificate,
    change: { value: "OTHER" },
    replaces: ["value"],
  },
  {
    type: "applicationCertificate:ApplicationCertificate",
    olds: certificate,
    change: { encoding: "pem" },
    same: true,
  },
  {
    type: "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    olds: federated,
    change: { issuer: "https://j" },
  },
  {
    type: "applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    olds: federated,
    change: { displayName: "g" },
    replaces: ["displayName"],
  },
];

const vault = {
  resourceGroupName: "rg",
  vaultName: "kv",
  location: "westeurope",
  properties: { tenantId: GUID, sku: { family: "A", name: "standard" }, enableRbacAuthorization: true },
};
const secret = { resourceGroupName: "rg", vaultName: "kv", secretName: "s", properties: { value: "v" } };
const identity = { resourceGroupName: "rg", resourceName: "id", location: "westeurope" };
const role = {
  scope: "/subscriptions/s",
  roleAssignmentName: GUID,
  roleDefinitionId: `/providers/Microsoft.Authorization/roleDefinitions/${GUID}`,
  principalId: GUID,
  principalType: "ServicePrincipal",
};

const azureNativeCases: readonly Case[] = [
  {
    type: "resources:ResourceGroup",
    olds: { resourceGroupName: "rg", location: "westeurope" },
    change: { location: "eastus" },
    replaces: ["location"],
  },
  {
    type: "resources:ResourceGroup",
    olds: { resourceGroupName: "rg", location: "WestEurope" },
    change: { location: "westeurope" },
    same: true,
  },
  { type: "resources:ResourceGroup", olds: { resourceGroupName: "rg" }, change: { tags: { a: "b" } } },
  { type: "keyvault:Vault", olds: vault, change: { vaultName: "other" }, replaces: ["vaultName"] },
  {
    type: "keyvault:Vault",
    olds: vault,
    change: {
      properties: { ...vault.properties, softDeleteRetentionInDays: 90, publicNetworkAccess: "enabled" },
    },
    same: true,
  },
  {
    type: "keyvault:Vault",
    olds: vault,
    change: { properties: { ...vault.properties, enablePurgeProtection: true } },
  },
  {
    type: "keyvault:Vault",
    olds: vault,
    change: { properties: { ...vault.properties, tenantId: OTHER } },
    replaces: ["properties.tenantId"],
  },
  { type: "keyvault:Secret", olds: secret, change: { properties: { value: "w" } } },
  { type: "keyvault:Secret", olds: secret, change: { secretName: "t" }, replaces: ["secretName"] },
  {
    type: "keyvault:Secret",
    olds: secret,
    change: { properties: { value: "v", attributes: { enabled: true } } },
    same: true,
  },
  {
    type: "keyvault:Secret",
    olds: secret,
    change: { properties: { value: "v", attributes: { enabled: false } } },
  },
  {
    type: "managedidentity:UserAssignedIdentity",
    olds: identity,
    change: { resourceGroupName: "x" },
    replaces: ["resourceGroupName"],
  },
  {
    type: "managedidentity:UserAssignedIdentity",
    olds: identity,
    change: { location: "eastus" },
    replaces: ["location"],
  },
  { type: "managedidentity:UserAssignedIdentity", olds: identity, change: { tags: { a: "b" } } },
  {
    type: "authorization:RoleAssignment",
    olds: role,
    change: { principalId: OTHER },
    replaces: ["principalId"],
  },
  {
    type: "authorization:RoleAssignment",
    olds: role,
    change: { scope: "/subscriptions/t" },
    replaces: ["scope"],
  },
  { type: "authorization:RoleAssignment", olds: role, change: { description: "x" } },
];

const vaultCertificate = {
  vaultUri: "https://kv.vault.azure.net/",
  certificateName: "c",
  subject: "CN=x",
  validityMonths: 6,
  generation: "1",
};
const generated = {
  subject: "CN=x",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2027-01-01T00:00:00Z",
  generation: "1",
};

const ownCases: readonly Case[] = [
  { type: "VaultCertificate", olds: vaultCertificate, change: { generation: "2" } },
  { type: "VaultCertificate", olds: vaultCertificate, change: { exportable: false }, same: true },
  {
    type: "VaultCertificate",
    olds: vaultCertificate,
    change: { certificateName: "d" },
    replaces: ["certificateName"],
  },
  { type: "GeneratedCertificate", olds: generated, change: { generation: "2" }, replaces: ["generation"] },
  { type: "GeneratedCertificate", olds: generated, change: { subject: "CN=y" }, replaces: ["subject"] },
];

describe.each([
  ["azuread", azuread as Plugin<unknown>, "azuread:index/", azureadCases],
  ["azure-native", azureNative as Plugin<unknown>, "azure-native:", azureNativeCases],
  ["entra-connectors", entraConnectors as Plugin<unknown>, "entra-connectors:index:", ownCases],
] as const)("%s", (_, plugin, prefix, cases) => {
  it.each(cases)("$type: a change of $change", ({ type, olds, change, replaces = [], same }) => {
    const request = new provider.DiffRequest();
    request.setUrn(`urn:pulumi:dev::p::${prefix}${type}::example`);
    request.setOldInputs(encode(olds));
    request.setNews(encode({ ...olds, ...change }));
    const response = diff(plugin, request);
    const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
    expect(response.getChanges()).toBe(same ? DIFF_NONE : DIFF_SOME);
    expect(response.getReplacesList()).toEqual(replaces);
  });

  it("replaces by every input of a type that can't be updated", () => {
    for (const type of plugin.resources.filter((resource) => resource.update === undefined)) {
      const missing = Object.keys(type.schema.shape).filter((name) => !type.replaceOn.includes(name));
      expect(missing, type.token).toEqual([]);
    }
  });
});
