import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UNKNOWN } from "../../../components/plugin/serve";
import { type Properties, reveal, Secret } from "../../../components/plugin/serve/values";
import { azureNative } from "../../../infra/local/providers/azure-native/plugin";
import { Engine } from "../plugin/engine";
import { ACCOUNT, placed, rg, SITE } from "./arm-cases/case";
import { monitorCases } from "./arm-cases/monitor";
import { network, networkCases } from "./arm-cases/network";
import { account, storageCases } from "./arm-cases/storage";
import { site, webCases } from "./arm-cases/web";
import { FakeArm } from "./fake-arm";

const cases = [...storageCases, ...monitorCases, ...webCases, ...networkCases];

describe("the types of azure-native that are driven by descriptions", () => {
  let arm: FakeArm;
  let engine: Engine;

  beforeEach(async () => {
    arm = new FakeArm();
    engine = await Engine.start({ ...azureNative, connect: async () => arm.azure() });
  });
  afterEach(() => engine.close());

  const token = (type: string) => `azure-native:${type}`;

  it.each(cases)("$type: is written as the service takes it, and reads back as declared", async (one) => {
    const { type, inputs, path, version, body } = one;
    const checked = await engine.check(token(type), inputs);
    expect(checked.failures).toEqual([]);
    const made = await engine.create(token(type), checked.inputs);
    expect(made.id).toBe(path);
    expect(arm.written()).toEqual([{ method: "PUT", path, query: `api-version=${version}`, body }]);
    const read = await engine.read(token(type), made.id, made.outputs, checked.inputs);
    expect(read.inputs).toEqual(checked.inputs);
    expect(read.outputs).toEqual(made.outputs);
    const imported = await engine.read(token(type), made.id);
    expect(await engine.diff(token(type), imported.inputs, withoutTold(type, inputs))).toMatchObject({
      changed: false,
    });
  });

  /** What an import can't know: app settings are never told; the local default of a site's configuration is. */
  function withoutTold(type: string, inputs: Properties): Properties {
    return type === "web:WebApp"
      ? { ...inputs, siteConfig: { http20Enabled: true, alwaysOn: false } }
      : inputs;
  }

  it.each(cases)("$type: is replaced when what its path is made of changes", async ({ type, inputs }) => {
    for (const name of Object.keys(inputs).filter((key) =>
      /(Name|^name|scope|resourceUri|location)$/.test(key),
    )) {
      if (name === "managementPolicyName" || name === "groupShortName") continue;
      const changed = await engine.diff(token(type), inputs, { ...inputs, [name]: "other" });
      expect(changed.replaces, `${type} ${name}`).toEqual([name]);
      expect(changed.deleteBeforeReplace).toBe(true);
    }
  });

  it("tells what the service adds, in the SDK's names", async () => {
    arm.additions["/collector"] = {
      primaryEndpoints: { blob: "https://b/" },
      supportsHttpsTrafficOnly: true,
    };
    const { outputs } = await engine.create(token("storage:StorageAccount"), account);
    expect(outputs.primaryEndpoints).toEqual({ blob: "https://b/" });
    expect(outputs.enableHttpsTrafficOnly).toBe(true);
    expect(outputs.networkRuleSet).toEqual(account.networkRuleSet);
    expect(outputs.encryption).toEqual(account.encryption);
    expect(outputs).not.toHaveProperty("resourceGroupName");
    arm.additions["/ai"] = { ConnectionString: "InstrumentationKey=1", AppId: "a", TenantId: "t" };
    const component = { ...placed, resourceName: "ai", kind: "web", applicationType: "web" };
    const told = await engine.create(token("applicationinsights:Component"), component);
    expect(told.outputs).toMatchObject({
      connectionString: "InstrumentationKey=1",
      appId: "a",
      tenantId: "t",
      applicationType: "web",
      name: "ai",
    });
  });

  it("finds what was changed by others, and only that", async () => {
    const made = await engine.create(token("web:WebApp"), site);
    arm.drift(SITE, ({ siteConfig, ...others }) => ({
      ...others,
      httpsOnly: false,
      siteConfig: { ...(siteConfig as object), ftpsState: "AllAllowed", http20Enabled: false },
    }));
    const read = await engine.read(token("web:WebApp"), made.id, made.outputs, site);
    expect(read.inputs).toEqual({
      ...site,
      httpsOnly: false,
      siteConfig: { ...site.siteConfig, ftpsState: "AllAllowed", http20Enabled: false },
    });
    const { detail, replaces } = await engine.diff(token("web:WebApp"), read.inputs, site);
    expect(Object.keys(detail).sort()).toEqual([
      "httpsOnly",
      "siteConfig.ftpsState",
      "siteConfig.http20Enabled",
    ]);
    expect(replaces).toEqual([]);
  });

  it("tells a changed item of a list from what the service writes beside it", async () => {
    const made = await engine.create(token("network:VirtualNetwork"), network);
    const linked = { ipConfigurations: [{ id: "nic" }], etag: "2", provisioningState: "Updating" };
    const changeSubnet = (change: object) =>
      arm.drift(made.id, ({ subnets, ...others }) => {
        const [subnet] = subnets as { properties: object }[];
        return {
          ...others,
          subnets: [{ ...subnet, etag: "2", properties: { ...subnet?.properties, ...change } }],
        };
      });
    changeSubnet(linked);
    const calm = await engine.read(token("network:VirtualNetwork"), made.id, made.outputs, network);
    expect(calm.inputs).toEqual(network);
    changeSubnet({ addressPrefix: "10.0.0.0/26" });
    const moved = await engine.read(token("network:VirtualNetwork"), made.id, made.outputs, network);
    const [subnet] = network.subnets;
    expect(moved.inputs).toEqual({ ...network, subnets: [{ ...subnet, addressPrefix: "10.0.0.0/26" }] });
  });

  it("keeps a nested secret out of state in clear", async () => {
    const inputs = { ...site, siteConfig: { appCommandLine: new Secret("run --key s3cret") } };
    const { outputs } = await engine.create(token("web:WebApp"), inputs);
    const { siteConfig } = outputs as { siteConfig: Properties };
    expect(siteConfig.appCommandLine).toBeInstanceOf(Secret);
    expect(reveal(outputs).siteConfig).toMatchObject({ appCommandLine: "run --key s3cret" });
  });

  it("keeps subnets that are declared elsewhere when a network is written", async () => {
    const { subnets: _, ...alone } = network;
    const made = await engine.create(token("network:VirtualNetwork"), alone);
    const subnet = { name: "apps", properties: { addressPrefix: "10.0.0.0/25" } };
    arm.drift(made.id, (properties) => ({ ...properties, subnets: [subnet] }));
    await engine.update(token("network:VirtualNetwork"), made.id, made.outputs, {
      ...alone,
      tags: { a: "b" },
    });
    expect(arm.written().at(-1)?.body).toMatchObject({ tags: { a: "b" }, properties: { subnets: [subnet] } });
  });

  it("never adopts what is there, but writes what is there from the start", async () => {
    arm.seed(ACCOUNT, { location: "westeurope", properties: {} });
    await expect(engine.create(token("storage:StorageAccount"), account)).rejects.toThrow(
      /cannot create already existing resource/,
    );
    const ftp = `${SITE}/basicPublishingCredentialsPolicies/ftp`;
    arm.seed(ftp, { properties: { allow: true } });
    const closed = { ...rg, name: "collector", allow: false };
    const made = await engine.create(token("web:WebAppFtpAllowed"), closed);
    expect(made.outputs.allow).toBe(false);
    await engine.remove(token("web:WebAppFtpAllowed"), made.id, made.outputs);
    expect(arm.written().at(-1)).toMatchObject({
      method: "PUT",
      path: ftp,
      body: { properties: { allow: true } },
    });
  });

  it("leaves the plan to itself when a site is deleted", async () => {
    const made = await engine.create(token("web:WebApp"), site);
    await engine.remove(token("web:WebApp"), made.id, made.outputs);
    expect(arm.written().at(-1)).toMatchObject({
      method: "DELETE",
      query: "api-version=2025-05-01&deleteEmptyServerFarm=false",
    });
    expect((await engine.read(token("web:WebApp"), made.id, made.outputs, site)).id).toBe("");
  });

  it("shows at preview what is declared, and as unknown what the service decides", async () => {
    const { outputs } = await engine.create(token("web:WebApp"), { ...site, serverFarmId: UNKNOWN }, true);
    expect(outputs.siteConfig).toEqual(site.siteConfig);
    for (const name of ["serverFarmId", "defaultHostName", "hostNameSslStates", "identity"])
      expect(outputs[name]).toBe(UNKNOWN);
    expect(arm.requests).toEqual([]);
  });

  it("names what the SDK does not take, at any depth, and what a name must look like", async () => {
    const typo = { ...site, httpOnly: true, siteConfig: { http2Enabled: true } };
    const { failures } = await engine.check(token("web:WebApp"), typo);
    expect(failures).toEqual([
      { property: "siteConfig.http2Enabled", reason: "siteConfig.http2Enabled is not a known property" },
      { property: "httpOnly", reason: 'httpOnly is not a known property; did you mean "httpsOnly"?' },
    ]);
    const named = await engine.check(token("storage:StorageAccount"), {
      ...account,
      accountName: "Collector-1",
    });
    expect(named.failures).toEqual([
      { property: "accountName", reason: "accountName must be 3 to 24 lower-case letters and digits" },
    ]);
    await expect(engine.check(token("storage:Table"), {})).rejects.toThrow(/has no resource type/);
  });

  it("makes a name where none is declared, and judges inputs that are not known yet later", async () => {
    const { containerName: _, ...unnamed } = { ...rg, accountName: UNKNOWN, containerName: "x" };
    const checked = await engine.check(token("storage:BlobContainer"), unnamed);
    expect(checked.failures).toEqual([]);
    expect(checked.inputs.containerName).toMatch(/^example[0-9a-f]{8}$/);
  });
});
