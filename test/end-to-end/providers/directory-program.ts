/** One resource of each type of the directory, as the product declares them. */
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { GeneratedCertificate } from "../../../components/plugin/resources";

const settings = new pulumi.Config();
const setting = (key: string, fallback: string) => settings.get(key) ?? fallback;
const microsoftGraph = "00000003-0000-0000-c000-000000000000";

const deployer = azuread.getClientConfigOutput();
const graph = azuread.getServicePrincipalOutput({ clientId: microsoftGraph });

const application = new azuread.Application("application", {
  displayName: setting("displayName", "Contoso sync"),
  owners: [deployer.objectId],
  tags: ["entra-connectors:dev/contoso-sync"],
  notes: "Made by a test.",
  requiredResourceAccesses: [
    {
      resourceAppId: microsoftGraph,
      resourceAccesses: [{ id: "df021288-bdef-4463-88db-98f22de89214", type: "Role" }],
    },
  ],
});
const principal = new azuread.ServicePrincipal("principal", {
  clientId: application.clientId,
  owners: [deployer.objectId],
});
const consent = new azuread.AppRoleAssignment("consent", {
  appRoleId: graph.appRoleIds.apply((ids) => ids["User.Read.All"] ?? ""),
  principalObjectId: principal.objectId,
  resourceObjectId: graph.objectId,
});
const exchange = new azuread.DirectoryRoleAssignment("exchange", {
  roleId: "29232cdf-9323-42fd-ade2-1d097af3e4de",
  principalObjectId: principal.objectId,
});
const password = new azuread.ApplicationPassword(
  "password",
  {
    applicationId: application.id,
    displayName: "slot-0",
    endDate: setting("endDate", "2027-06-01T00:00:00Z"),
    rotateWhenChanged: { generation: setting("generation", "1") },
  },
  { ignoreChanges: ["endDate"] },
);
const generated = new GeneratedCertificate("generated", {
  subject: "CN=Contoso sync",
  notBefore: "2026-01-01T00:00:00Z",
  notAfter: "2027-09-01T00:00:00Z",
});
new azuread.ApplicationCertificate("certificate", {
  applicationId: application.id,
  type: "AsymmetricX509Cert",
  value: generated.certificatePem,
  endDate: "2027-08-01T00:00:00Z",
});
const federated = new azuread.ApplicationFederatedIdentityCredential("federated", {
  applicationId: application.id,
  displayName: "collector",
  issuer: setting("issuer", "https://issuer.example"),
  subject: "subject",
  audiences: ["api://AzureADTokenExchange"],
});
if (settings.getBoolean("another")) {
  new azuread.Application("another", { displayName: "Another", owners: [deployer.objectId] });
}

export const applicationId = application.id;
export const clientId = application.clientId;
export const ids = {
  application: application.id,
  principal: principal.id,
  consent: consent.id,
  exchange: exchange.id,
  federated: federated.id,
  password: password.id,
};
export const secretValue = password.value;
export const privateKey = generated.privateKeyPem;
