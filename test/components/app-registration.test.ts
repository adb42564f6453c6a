import { expect, it } from "vitest";
import { AppRegistration } from "../../components/app-registration";
import { record } from "./recorder";
import { permissions } from "./samples";

it("makes a single-tenant application and its principal, and nothing that signs people in", async () => {
  const registrations = await record(() => {
    new AppRegistration("sample", {
      displayName: "Sample",
      permissions,
      owners: ["deployer", "second-owner"],
      tags: ["entra-connectors:dev/sample"],
      notes: "why",
      principalNotes: "why the principal",
      serviceManagementReference: "CMDB-1",
    });
  });
  expect(registrations.map(({ type, name, parent }) => [type, name, parent])).toEqual([
    ["entra-connectors:index:AppRegistration", "sample", undefined],
    ["azuread:index/application:Application", "sample-application", "sample"],
    ["azuread:index/servicePrincipal:ServicePrincipal", "sample-principal", "sample"],
  ]);
  const [, application, principal] = registrations;
  expect(application?.inputs).toEqual({
    displayName: "Sample",
    signInAudience: "AzureADMyOrg",
    owners: ["deployer", "second-owner"],
    tags: ["entra-connectors:dev/sample"],
    notes: "why",
    serviceManagementReference: "CMDB-1",
    requiredResourceAccesses: permissions.map(({ resourceAppId, roles }) => ({
      resourceAppId,
      resourceAccesses: roles.map(({ id }) => ({ id, type: "Role" })),
    })),
  });
  expect(principal?.inputs).toEqual({
    clientId: "sample-application-client",
    appRoleAssignmentRequired: true,
    owners: ["deployer", "second-owner"],
    tags: ["entra-connectors:dev/sample"],
    notes: "why the principal",
  });
});

it("sends no key for what is not given", async () => {
  const [, application, principal] = await record(() => {
    new AppRegistration("sample", { displayName: "Sample", permissions: [], owners: ["deployer"] });
  });
  expect(Object.keys(application?.inputs ?? {}).sort()).toEqual([
    "displayName",
    "owners",
    "requiredResourceAccesses",
    "signInAudience",
  ]);
  expect(Object.keys(principal?.inputs ?? {}).sort()).toEqual([
    "appRoleAssignmentRequired",
    "clientId",
    "owners",
  ]);
});
