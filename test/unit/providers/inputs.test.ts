import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entraConnectors } from "../../../components/plugin/plugin";
import { UNKNOWN } from "../../../components/plugin/serve/values";
import { azureNative } from "../../../infra/local/providers/azure-native/plugin";
import { azuread } from "../../../infra/local/providers/azuread/plugin";
import { Engine } from "../plugin/engine";

let directory: Engine;
let azure: Engine;
let own: Engine;

beforeAll(async () => {
  directory = await Engine.start(azuread);
  azure = await Engine.start(azureNative);
  own = await Engine.start(entraConnectors);
});
afterAll(() => {
  for (const engine of [directory, azure, own]) engine.close();
});

const APPLICATION = "azuread:index/application:Application";
const VAULT = "azure-native:keyvault:Vault";
const SECRET = "azure-native:keyvault:Secret";

describe("azuread", () => {
  it.each([
    [{ displayName: "" }, "displayName must not be empty"],
    [{ displayName: "x", dispayName: "y" }, "dispayName is not a known property"],
    [{ displayName: "x", owners: ["me"] }, "owners[0] must be a GUID"],
    [{ displayName: "x", signInAudience: "Everyone" }, "signInAudience Invalid option"],
    [{ displayName: "x", logoImage: "y" }, "logoImage is an argument that the local plugin does not carry"],
    [
      { displayName: "x", api: { oauth2PermissionScopes: [] } },
      "api.oauth2PermissionScopes is an argument that the local",
    ],
    [
      { displayName: "x", password: { displayName: "p" } },
      "password is an argument that the local plugin does not carry",
    ],
  ])("refuses an application %j", async (inputs, reason) => {
    const { failures } = await directory.check(APPLICATION, inputs);
    expect(failures).toEqual([expect.objectContaining({ reason: expect.stringContaining(reason) })]);
  });

  it("takes what is not known yet", async () => {
    const inputs = { displayName: UNKNOWN, owners: [UNKNOWN], requiredResourceAccesses: UNKNOWN };
    expect((await directory.check(APPLICATION, inputs)).failures).toEqual([]);
  });

  it("refuses a certificate with its key, two scopes of a role, and an ignored end date", async () => {
    const certificate = { applicationId: "/applications/x", value: "-----BEGIN PRIVATE KEY-----" };
    const type = "azuread:index/applicationCertificate:ApplicationCertificate";
    expect((await directory.check(type, certificate)).failures).toEqual([
      { property: "value", reason: "value holds a private key; give the certificate alone" },
    ]);
    const guid = "00000000-0000-4000-8000-000000000001";
    const role = { principalObjectId: guid, roleId: guid, appScopeId: "/a", directoryScopeId: "/" };
    const { failures } = await directory.check(
      "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
      role,
    );
    expect(failures).toHaveLength(1);
    const password = { applicationId: "/applications/x", endDateRelative: "240h" };
    const refused = await directory.check("azuread:index/applicationPassword:ApplicationPassword", password);
    expect(refused.failures).toEqual([expect.objectContaining({ property: "endDateRelative" })]);
  });

  it("takes the settings that the SDK's Provider adds, and refuses other ways to sign in", async () => {
    const settings = {
      environment: "public",
      useMsi: "false",
      version: "6.9.1",
      metadataHost: "127.0.0.1:1",
    };
    expect((await directory.checkConfig(settings)).failures).toEqual([]);
    expect((await directory.checkConfig({ useMsi: "true" })).failures).toEqual([
      { property: "useMsi", reason: expect.stringContaining("client secret only") },
    ]);
  });

  it("refuses to import a password", async () => {
    const read = directory.read("azuread:index/applicationPassword:ApplicationPassword", "a/password/b");
    await expect(read).rejects.toThrow(/can't be imported: its value is told only when it is made/);
  });
});

describe("azure-native", () => {
  const properties = {
    tenantId: "00000000-0000-4000-8000-000000000001",
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: false,
    enableSoftDelete: true,
    enabledForDeployment: false,
    enabledForDiskEncryption: false,
    enabledForTemplateDeployment: false,
    publicNetworkAccess: "enabled",
    softDeleteRetentionInDays: 90,
  };

  it("takes a vault with the SDK's defaults and names it within 24 characters", async () => {
    const { inputs, failures } = await azure.check(VAULT, { resourceGroupName: "rg", properties });
    expect(failures).toEqual([]);
    expect(inputs.vaultName).toMatch(/^example[0-9a-f]{8}$/);
  });

  it("refuses a bad vault name", async () => {
    const { failures } = await azure.check(VAULT, { resourceGroupName: "rg", vaultName: "a--b", properties });
    expect(failures).toEqual([expect.objectContaining({ property: "vaultName" })]);
  });

  it("shows a vault's address as unknown at preview", async () => {
    const { outputs } = await azure.create(
      VAULT,
      { resourceGroupName: "rg", vaultName: "kv", properties },
      true,
    );
    expect(outputs.properties).toMatchObject({ vaultUri: UNKNOWN, sku: { name: "standard" } });
  });

  it("never shows a secret's value among the outputs", async () => {
    const inputs = {
      resourceGroupName: "rg",
      vaultName: "kv",
      secretName: "s",
      properties: { value: "hunter2" },
    };
    const created = await azure.create(SECRET, inputs, true);
    const updated = await azure.update(
      SECRET,
      "id",
      { properties: { secretUri: "https://kv/secrets/s" } },
      inputs,
      true,
    );
    expect(JSON.stringify([created, updated])).not.toContain("hunter2");
    expect(updated.properties).toEqual({ secretUri: "https://kv/secrets/s", secretUriWithVersion: UNKNOWN });
  });

  it("refuses versioned types, naming those it has", async () => {
    await expect(azure.check("azure-native:keyvault/v20230701:Vault", {})).rejects.toThrow(
      /no resource type azure-native:keyvault\/v20230701:Vault.*It has: azure-native:resources:ResourceGroup/,
    );
  });
});

describe("entra-connectors", () => {
  it("leaves the stack's own settings in the same namespace alone", async () => {
    const { inputs, failures } = await own.checkConfig({ cloud: "global", connectors: "[]", tenantId: "x" });
    expect(failures).toEqual([]);
    expect(inputs).toEqual({ cloud: "global" });
  });

  it.each([
    [{ vaultUri: "http://kv.vault.azure.net/" }, "vaultUri"],
    [{ validityMonths: 0 }, "validityMonths"],
    [{ validityMonths: 1.5 }, "validityMonths"],
    [{ certificateName: "a b" }, "certificateName"],
    [{ subject: "x" }, "subject"],
  ])("refuses a vault certificate with %j", async (wrong, property) => {
    const right = {
      vaultUri: "https://kv.vault.azure.net/",
      certificateName: "c",
      subject: "CN=x",
      validityMonths: 6,
    };
    const { failures } = await own.check("entra-connectors:index:VaultCertificate", { ...right, ...wrong });
    expect(failures).toEqual([expect.objectContaining({ property })]);
  });

  it("refuses a certificate that ends before it begins", async () => {
    const inputs = { subject: "CN=x", notBefore: "2027-01-01T00:00:00Z", notAfter: "2026-01-01T00:00:00Z" };
    const { failures } = await own.check("entra-connectors:index:GeneratedCertificate", inputs);
    expect(failures).toEqual([{ property: "notAfter", reason: "notAfter must be later than notBefore" }]);
  });
});
