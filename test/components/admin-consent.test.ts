import { describe, expect, it } from "vitest";
import { AdminConsent, type AdminConsentArgs } from "../../components/admin-consent";
import { record } from "./recorder";
import { appRoles, EXCHANGE, GRAPH, permissions, resolved } from "./samples";

const args: AdminConsentArgs = {
  servicePrincipalId: "principal",
  clientId: "client",
  tenantId: "contoso.example",
  permissions,
  loginEndpoint: "https://login.microsoftonline.com",
  portalEndpoint: "https://portal.azure.com",
};

describe("grant", () => {
  it("assigns each app role once, named by API and role", async () => {
    const registrations = await record(() => new AdminConsent("sample", args), { appRoles });
    const assignments = registrations.filter(({ type }) => type !== "entra-connectors:index:AdminConsent");
    expect(assignments.map(({ type, name, parent, inputs }) => ({ type, name, parent, inputs }))).toEqual(
      [
        ["sample-microsoft-graph-groupmember.read.all", GRAPH, "GroupMember.Read.All"] as const,
        ["sample-microsoft-graph-user.read.all", GRAPH, "User.Read.All"] as const,
        ["sample-office-365-exchange-online-exchange.manageasapp", EXCHANGE, "Exchange.ManageAsApp"] as const,
      ].map(([name, api, role]) => ({
        type: "azuread:index/appRoleAssignment:AppRoleAssignment",
        name,
        parent: "sample",
        inputs: {
          appRoleId: (appRoles[api] as Record<string, string>)[role],
          principalObjectId: "principal",
          resourceObjectId: `principal-of-${api}`,
        },
      })),
    );
  });

  it("takes the service principal that the caller knows, without a lookup", async () => {
    const known = permissions.map((api) => ({ ...api, servicePrincipalId: `known-${api.resourceAppId}` }));
    const registrations = await record(() => new AdminConsent("sample", { ...args, permissions: known }));
    const resources = registrations.map(({ inputs }) => inputs.resourceObjectId);
    expect(resources.slice(1)).toEqual([`known-${GRAPH}`, `known-${GRAPH}`, `known-${EXCHANGE}`]);
  });
});

describe("request", () => {
  it("assigns nothing and asks the tenant nothing", async () => {
    const registrations = await record(() => new AdminConsent("sample", { ...args, mode: "request" }));
    expect(registrations.map(({ type }) => type)).toEqual(["entra-connectors:index:AdminConsent"]);
  });
});

it("links to the consent page and to the registration's API permissions", async () => {
  let consent: AdminConsent | undefined;
  await record(() => {
    consent = new AdminConsent("sample", { ...args, mode: "request" });
  });
  expect(await resolved(consent!.mode)).toBe("request");
  expect(await resolved(consent!.adminConsentUrl)).toBe(
    "https://login.microsoftonline.com/contoso.example/adminconsent?client_id=client",
  );
  expect(await resolved(consent!.portalUrl)).toMatch(
    /^https:\/\/portal\.azure\.com\/#view\/.*CallAnAPI\/appId\/client\//,
  );
});
