import { isSecret } from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Connector, type ConnectorArgs } from "../../components/connector";
import { ofType, record } from "./recorder";
import { appRoles, permissions, resolved, schedule, vault } from "./samples";

const EXCHANGE_ADMINISTRATOR = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const args: ConnectorArgs = {
  displayName: "Sample",
  tenantId: "tenant",
  permissions,
  directoryRoles: [{ templateId: EXCHANGE_ADMINISTRATOR, displayName: "Exchange Administrator" }],
  credentials: [{ kind: "clientSecret", ...schedule }],
  asOf: "2026-02-01T00:00:00Z",
  owners: ["deployer"],
  manifest: '{"name":"Sample"}',
};

async function declare(more: Partial<ConnectorArgs> = {}) {
  let connector: Connector | undefined;
  const registrations = await record(
    () => {
      connector = new Connector("sample", { ...args, ...more });
    },
    { appRoles },
  );
  return { registrations, connector: connector! };
}

const typesAndNames = (list: readonly { type: string; name: string; parent: string | undefined }[]) =>
  list.map(({ type, name, parent }) => `${parent ?? ""} > ${type.split(":").at(-1)} ${name}`);

describe("consent: grant", () => {
  it("declares registration, consent, secret and role, each below its component", async () => {
    const { registrations } = await declare();
    expect(typesAndNames(registrations)).toEqual([
      " > Connector sample",
      "sample > ClientSecret sample-client-secret",
      "sample-client-secret > ApplicationPassword sample-client-secret-slot-0",
      "sample > AdminConsent sample-consent",
      "sample-consent > AppRoleAssignment sample-consent-microsoft-graph-groupmember.read.all",
      "sample-consent > AppRoleAssignment sample-consent-microsoft-graph-user.read.all",
      "sample-consent > AppRoleAssignment sample-consent-office-365-exchange-online-exchange.manageasapp",
      "sample > DirectoryRole sample-exchange-administrator",
      "sample-exchange-administrator > DirectoryRoleAssignment sample-exchange-administrator-assignment",
      "sample > AppRegistration sample-registration",
      "sample-registration > Application sample-registration-application",
      "sample-registration > ServicePrincipal sample-registration-principal",
    ]);
  });

  it("assigns the directory role by its template id, after consent and credentials", async () => {
    const { registrations } = await declare();
    const [assignment] = ofType(
      registrations,
      "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
    );
    expect(assignment?.inputs).toEqual({
      roleId: EXCHANGE_ADMINISTRATOR,
      principalObjectId: "sample-registration-principal-object",
    });
    const [role] = ofType(registrations, "entra-connectors:index:DirectoryRole");
    expect(role?.dependencies).toEqual(
      expect.arrayContaining([
        "sample-client-secret-slot-0",
        "sample-consent-microsoft-graph-groupmember.read.all",
        "sample-consent-microsoft-graph-user.read.all",
        "sample-consent-office-365-exchange-online-exchange.manageasapp",
      ]),
    );
  });
});

describe("consent: request", () => {
  it("assigns neither app roles nor the directory role, and still declares what it asks for", async () => {
    const { registrations, connector } = await declare({ consent: "request" });
    const types = registrations.map(({ type }) => type);
    expect(types.filter((type) => /AppRoleAssignment|DirectoryRoleAssignment/.test(type))).toEqual([]);
    expect(types).toContain("entra-connectors:index:DirectoryRole");
    const [application] = ofType(registrations, "azuread:index/application:Application");
    expect(application?.inputs.requiredResourceAccesses).toHaveLength(2);
    expect(await resolved(connector.consentMode)).toBe("request");
    expect(await resolved(connector.adminConsentUrl)).toBe(
      "https://login.microsoftonline.com/tenant/adminconsent?client_id=sample-registration-application-client",
    );
  });
});

describe("credentials", () => {
  it("without a vault are secrets of the stack by name", async () => {
    const { connector } = await declare();
    expect(await isSecret(connector.secrets)).toBe(true);
    expect(await resolved(connector.secrets)).toEqual({
      "sample-client-secret": "sample-client-secret-slot-0-value",
    });
  });

  it("with a vault leave nothing in the stack's secrets", async () => {
    const { registrations, connector } = await declare({ vault });
    expect(await resolved(connector.secrets)).toEqual({});
    expect(ofType(registrations, "azure-native:keyvault:Secret")).toHaveLength(1);
  });

  it("of several kinds stand side by side, federated ones one after the other", async () => {
    const trust = { issuer: "https://login.example/tenant/v2.0", audience: "api://AzureADTokenExchange" };
    const { registrations, connector } = await declare({
      credentials: [
        { kind: "certificate", ...schedule },
        { kind: "federated", subject: "first", ...trust },
        { kind: "federated", subject: "second", ...trust },
        {
          kind: "vendorCertificate",
          certificatePem: "pem",
          thumbprint: "ABCDEF0123456789",
          notBefore: "2026-01-01T00:00:00Z",
          notAfter: "2027-01-01T00:00:00Z",
        },
      ],
    });
    const trusts = ofType(
      registrations,
      "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
    );
    expect(trusts.map(({ inputs }) => inputs)).toEqual([
      {
        applicationId: "sample-registration-application-id",
        displayName: "sample-federated-1",
        issuer: trust.issuer,
        subject: "first",
        audiences: [trust.audience],
      },
      expect.objectContaining({ displayName: "sample-federated-2", subject: "second" }),
    ]);
    const [, second] = ofType(registrations, "entra-connectors:index:FederatedCredential");
    expect(second?.dependencies).toContain("sample-federated-1-trust");
    const kinds = (await resolved(connector.credentials)).map(({ kind }) => kind);
    expect(kinds).toEqual(["certificate", "federated", "federated", "vendorCertificate"]);
    expect(Object.keys(await resolved(connector.secrets))).toEqual(["sample-certificate"]);
  });

  it("name the argument that a kind needs", async () => {
    await expect(declare({ credentials: [{ kind: "clientSecret" }] })).rejects.toThrow(
      "sample: credentials[0] of kind clientSecret needs anchor.",
    );
  });
});
