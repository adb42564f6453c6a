/** Flex Consumption plans and function apps: what is declared, told and refused. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmClient } from "./arm-client";

const version = "2025-05-01";
const planShape = { kind: "functionapp", sku: { name: "FC1", tier: "FlexConsumption" } };
let arm: ArmClient;
let identity: string;
let container: string;
let site: string;

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  identity = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
  await arm.call("PUT", `${identity}?api-version=2023-01-31`, { location: "westeurope" });
  const account = (await arm.putAccount()).body;
  container = `${account.properties.primaryEndpoints.blob}deployment`;
  await arm.call(
    "PUT",
    `${account.id}/blobServices/default/containers/deployment?api-version=2024-01-01`,
    {},
  );
  site = `${arm.group}/providers/Microsoft.Web/sites/func-one`;
});
afterEach(() => arm.tenant.close());

const putPlan = (name = "plan-one", location = "westeurope") =>
  arm.make("Microsoft.Web/serverfarms", name, version, {
    ...planShape,
    location,
    properties: { reserved: true },
  });

interface SiteChange {
  readonly name?: string;
  readonly plan?: string;
  readonly container?: string;
  readonly settings?: readonly string[];
  readonly properties?: Record<string, unknown>;
  readonly identity?: unknown;
}

function putSite(change: SiteChange = {}) {
  const plan = `${arm.group}/providers/Microsoft.Web/serverfarms/${change.plan ?? "plan-one"}`;
  const authentication = { type: "UserAssignedIdentity", userAssignedIdentityResourceId: identity };
  const storage = { type: "blobContainer", value: change.container ?? container, authentication };
  return arm.make("Microsoft.Web/sites", change.name ?? "func-one", version, {
    kind: "functionapp,linux",
    identity: change.identity ?? { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
    properties: {
      serverFarmId: plan,
      functionAppConfig: {
        deployment: { storage },
        runtime: { name: "node", version: "22" },
        scaleAndConcurrency: { instanceMemoryMB: 2048, maximumInstanceCount: 40 },
      },
      siteConfig: { appSettings: (change.settings ?? ["ONE"]).map((name) => ({ name, value: "1" })) },
      ...change.properties,
    },
  });
}

describe("Flex Consumption plans", () => {
  it("tell what they are and how many apps they have", async () => {
    expect((await putPlan()).body).toMatchObject({
      sku: { name: "FC1", tier: "FlexConsumption" },
      properties: { geoRegion: "West Europe", numberOfSites: 0, reserved: true, status: "Ready" },
    });
  });

  it("are refused where the plan is not offered, by the words of Azure", async () => {
    const refused = await putPlan("plan-far", "qatarcentral");
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "Conflict" } } });
    expect(refused.body.error.message).toContain("not supported in region");
    const path = `${arm.subscription}/providers/Microsoft.Web/geoRegions?api-version=${version}`;
    const names = async (query = "") =>
      (await arm.call("GET", path + query)).body.value.map(({ name }: { name: string }) => name);
    expect(await names()).toContain("Qatar Central");
    expect(await names("&sku=FlexConsumption")).not.toContain("Qatar Central");
    expect(await names("&sku=FlexConsumption")).toContain("West Europe");
  });

  it.each([
    { sku: { name: "Y1" }, properties: { reserved: true } },
    { ...planShape, properties: {} },
  ])("refuse %j", async (body) => {
    const refused = await arm.make("Microsoft.Web/serverfarms", "plan-bad", version, body);
    expect(refused.status).toBe(400);
  });
});

describe("function apps", () => {
  beforeEach(() => putPlan());

  it("tell their addresses, their identity and nothing of their settings", async () => {
    const { body } = await putSite();
    expect(body).toMatchObject({
      kind: "functionapp,linux",
      identity: {
        type: "UserAssigned",
        userAssignedIdentities: {
          [identity]: { principalId: expect.any(String), clientId: expect.any(String) },
        },
      },
      properties: { defaultHostName: "127.0.0.1:3", state: "Running", siteConfig: { appSettings: null } },
    });
    expect(body.properties.hostNameSslStates).toContainEqual(
      expect.objectContaining({ hostType: "Repository", name: "127.0.0.1:4" }),
    );
    expect(JSON.stringify(body)).not.toContain('"ONE"');
  });

  it("keep settings that a later write leaves out, and take those that are put alone", async () => {
    await putSite();
    await putSite({ properties: { siteConfig: { ftpsState: "Disabled" } } });
    const list = async () =>
      (await arm.call("POST", `${site}/config/appsettings/list?api-version=${version}`)).body.properties;
    expect(await list()).toEqual({ ONE: "1" });
    const config = await arm.call("GET", `${site}/config/web?api-version=${version}`);
    expect(config.body.properties).toMatchObject({
      ftpsState: "Disabled",
      minTlsVersion: "1.2",
      appSettings: null,
    });
    await arm.call("PUT", `${site}/config/appsettings?api-version=${version}`, { properties: { TWO: "2" } });
    expect(await list()).toEqual({ TWO: "2" });
    const patch = { properties: { http20Enabled: true } };
    await arm.call("PATCH", `${site}/config/web?api-version=${version}`, patch);
    expect(await list()).toEqual({ TWO: "2" });
  });

  it.each<[string, SiteChange]>([
    ["FUNCTIONS_WORKER_RUNTIME", { settings: ["FUNCTIONS_WORKER_RUNTIME"] }],
    ["WEBSITE_RUN_FROM_PACKAGE", { settings: ["WEBSITE_RUN_FROM_PACKAGE"] }],
    ["LinuxFxVersion", { properties: { siteConfig: { linuxFxVersion: "NODE|22" } } }],
    ["FunctionAppConfig", { properties: { functionAppConfig: null } }],
    ["no blob container", { container: "https://127.0.0.1:1/stcontoso/none" }],
    ["no blob container", { container: "https://elsewhere.blob.core.windows.net/deployment" }],
    ["is not assigned", { identity: { type: "None" } }],
    ["KeyVaultReferenceIdentity", { properties: { keyVaultReferenceIdentity: "/subscriptions/x" } }],
    ["virtualNetworkSubnetId", { properties: { virtualNetworkSubnetId: "/subscriptions/x" } }],
  ])("are refused for %s", async (words, change) => {
    const refused = await putSite(change);
    expect(refused.status).toBe(400);
    expect(refused.body.error.message).toContain(words);
  });

  it("need a plan of their own", async () => {
    await putSite();
    const second = await putSite({ name: "func-two" });
    expect(second).toMatchObject({ status: 409, body: { error: { code: "Conflict" } } });
    expect((await putSite({ name: "func-two", plan: "none" })).status).toBe(404);
    const plan = `${arm.group}/providers/Microsoft.Web/serverfarms/plan-one?api-version=${version}`;
    expect((await arm.call("DELETE", plan)).status).toBe(409);
    expect((await arm.call("DELETE", `${site}?api-version=${version}`)).status).toBe(200);
    expect((await arm.call("DELETE", plan)).status).toBe(200);
  });

  it("refuse an identity that does not exist", async () => {
    const missing = { type: "UserAssigned", userAssignedIdentities: { [`${identity}-gone`]: {} } };
    expect((await putSite({ identity: missing })).body.error.code).toBe("FailedIdentityOperation");
  });

  it("allow publishing by password until it is forbidden", async () => {
    await putSite();
    const policy = `${site}/basicPublishingCredentialsPolicies/scm?api-version=${version}`;
    expect((await arm.call("GET", policy)).body.properties).toEqual({ allow: true });
    await arm.call("PUT", policy, { properties: { allow: false } });
    expect((await arm.call("GET", policy)).body.properties).toEqual({ allow: false });
    const other = policy.replace("/scm?", "/git?");
    expect((await arm.call("PUT", other, { properties: { allow: false } })).status).toBe(404);
  });

  it("show settings and keys only to who may list them", async () => {
    await putSite();
    const { principalId: reader } = (await arm.call("GET", `${identity}?api-version=2023-01-31`)).body
      .properties;
    await arm.assign(arm.group, "acdd72a7-3385-48ef-bd42-f606fba81ae7", reader);
    expect((await arm.call("GET", `${site}?api-version=${version}`, undefined, reader)).status).toBe(200);
    const post = (path: string, who?: string) =>
      arm.call("POST", `${site}/${path}?api-version=${version}`, {}, who);
    for (const path of ["config/appsettings/list", "host/default/listKeys", "restart"])
      expect([path, (await post(path, reader)).status]).toEqual([path, 403]);
    expect((await post("host/default/listKeys")).body).toMatchObject({ masterKey: "master-key" });
    expect((await post("restart")).status).toBe(200);
  });
});
