/** One resource of each Azure type, as the product declares them. */
import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as resources from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { VaultCertificate } from "../../../components/plugin/resources";

const settings = new pulumi.Config();
const setting = (key: string, fallback: string) => settings.get(key) ?? fallback;
const deployer = authorization.getClientConfigOutput();

const group = new resources.ResourceGroup("group", {
  resourceGroupName: "rg-contoso",
  location: "westeurope",
  tags: { purpose: setting("purpose", "test") },
});
const vault = new keyvault.Vault("connectors", {
  resourceGroupName: group.name,
  properties: {
    tenantId: deployer.tenantId,
    sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
    enableRbacAuthorization: true,
    enablePurgeProtection: true,
  },
});
const secret = new keyvault.Secret("secret", {
  resourceGroupName: group.name,
  vaultName: vault.name,
  secretName: setting("secretName", "slot-0"),
  properties: {
    value: settings.requireSecret("secretValue"),
    contentType: "text/plain",
    attributes: { enabled: true, expires: 1_900_000_000 },
  },
});
const identity = new managedidentity.UserAssignedIdentity("identity", {
  resourceGroupName: group.name,
  resourceName: "id-contoso",
});
const reader = new authorization.RoleAssignment("reader", {
  scope: vault.id,
  principalId: identity.principalId,
  principalType: authorization.PrincipalType.ServicePrincipal,
  roleDefinitionId: pulumi.interpolate`/subscriptions/${deployer.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${setting("role", "4633458b-17de-408a-b874-0445c86b69e6")}`,
});
const certificate = new VaultCertificate("certificate", {
  vaultUri: vault.properties.vaultUri,
  certificateName: "contoso",
  subject: "CN=Contoso sync",
  validityMonths: 7,
  generation: setting("generation", "1"),
});

export const ids = {
  group: group.id,
  connectors: vault.id,
  secret: secret.id,
  identity: identity.id,
  reader: reader.id,
  certificate: certificate.id,
};
export const vaultName = vault.name;
export const secretUri = secret.properties.secretUri;
export const thumbprint = certificate.thumbprint;
export const certificateId = certificate.certificateId;
export const notAfter = certificate.notAfter;
