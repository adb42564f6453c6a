/** Storage accounts, containers, queues and lifecycle rules by way of Resource Manager. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmClient } from "./arm-client";

const version = "api-version=2024-01-01";
let arm: ArmClient;
let account: string;

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  account = `${arm.group}/providers/Microsoft.Storage/storageAccounts/stcontoso`;
});
afterEach(() => arm.tenant.close());

describe("storage accounts", () => {
  it("are made by an operation whose end shows the account", async () => {
    const shape = { location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } };
    const accepted = await arm.call("PUT", `${account}?${version}`, { ...shape, properties: {} });
    expect(accepted).toMatchObject({ status: 202, body: undefined });
    expect(accepted.headers.get("retry-after")).toBe("1");
    const location = new URL(accepted.headers.get("location") ?? "");
    const ended = await arm.call("GET", location.pathname.replace(/^\/arm/, "") + location.search);
    expect(ended).toMatchObject({
      status: 200,
      body: { id: account, properties: { provisioningState: "Succeeded" } },
    });
    const again = await arm.call("PUT", `${account}?${version}`, { ...shape, properties: {} });
    expect(again).toMatchObject({ status: 200, body: { sku: { tier: "Standard" } } });
  });

  it.each([
    [{ kind: "StorageV2", sku: { name: "Standard_LRS" } }, "ST-One", "AccountNameInvalid"],
    [{ kind: "StorageV2" }, "stone", "BadRequest"],
    [{ sku: { name: "Standard_LRS" } }, "stone", "BadRequest"],
    [
      { kind: "StorageV2", sku: { name: "Standard_LRS" }, properties: { minimumTlsVersion: "TLS9" } },
      "stone",
      "InvalidRequestContent",
    ],
  ])("refuse %j named %s", async (body, name, code) => {
    const refused = await arm.make("Microsoft.Storage/storageAccounts", name, "2024-01-01", body);
    expect(refused).toMatchObject({ status: 400, body: { error: { code } } });
  });

  it("have names that nobody else has", async () => {
    await arm.putAccount();
    await arm.putGroup("other");
    const path = account.replace("/resourceGroups/rg/", "/resourceGroups/other/");
    const taken = await arm.call("PUT", `${path}?${version}`, {
      ...{ location: "westeurope", kind: "StorageV2", sku: { name: "Standard_LRS" } },
    });
    expect(taken).toMatchObject({ status: 409, body: { error: { code: "StorageAccountAlreadyTaken" } } });
  });

  it("keep what a change leaves out, and lose what a write leaves out", async () => {
    await arm.putAccount("stcontoso", { allowSharedKeyAccess: false, accessTier: "Cool" });
    const changed = await arm.call("PATCH", `${account}?${version}`, { properties: { accessTier: "Hot" } });
    expect(changed.body.properties).toMatchObject({ allowSharedKeyAccess: false, accessTier: "Hot" });
    const written = await arm.putAccount("stcontoso", {});
    expect(written.body.properties).not.toHaveProperty("allowSharedKeyAccess");
  });

  it("are listed in the subscription, in their group, and among all resources", async () => {
    await arm.putAccount();
    const provider = "providers/Microsoft.Storage/storageAccounts";
    for (const scope of [arm.subscription, arm.group]) {
      const listed = await arm.call("GET", `${scope}/${provider}?${version}`);
      expect(listed.body.value.map(({ id }: { id: string }) => id)).toEqual([account]);
      const all = await arm.call("GET", `${scope}/resources?api-version=2021-04-01`);
      expect(all.body.value).toContainEqual(expect.objectContaining({ id: account }));
    }
    const services = await arm.call("GET", `${account}/blobServices?${version}`);
    expect(services.body.value).toMatchObject([{ name: "default" }]);
    const elsewhere = `${arm.subscription}/resourceGroups/none/${provider}?${version}`;
    expect((await arm.call("GET", elsewhere)).status).toBe(404);
  });

  it("go with their group, and their containers with them", async () => {
    await arm.putAccount();
    const container = `${account}/blobServices/default/containers/data?${version}`;
    await arm.call("PUT", container, {});
    await arm.call("DELETE", `${arm.group}?api-version=2024-03-01`);
    await arm.putGroup();
    await arm.putAccount();
    expect(await arm.call("GET", container)).toMatchObject({
      status: 404,
      body: { error: { code: "ContainerNotFound" } },
    });
  });
});

describe("containers and queues", () => {
  it("need their account", async () => {
    const refused = await arm.call("PUT", `${account}/blobServices/default/containers/data?${version}`, {});
    expect(refused.status).toBe(404);
  });

  it.each([
    ["blobServices/default/containers", "data", { publicAccess: "None" }],
    ["queueServices/default/queues", "work", {}],
  ])("are made below %s, listed and deleted", async (collection, name, properties) => {
    await arm.putAccount();
    const path = `${account}/${collection}/${name}?${version}`;
    const made = await arm.call("PUT", path, {
      properties: { ...properties, metadata: { purpose: "test" } },
    });
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: `${account}/${collection}/${name}`,
        properties: { ...properties, metadata: { purpose: "test" } },
      },
    });
    const listed = await arm.call("GET", `${account}/${collection}?${version}`);
    expect(listed.body.value).toEqual([made.body]);
    expect((await arm.call("DELETE", path)).status).toBe(200);
    expect((await arm.call("DELETE", path)).status).toBe(204);
  });

  it("refuse names and public access that the account forbids", async () => {
    await arm.putAccount();
    const put = (name: string, properties = {}) =>
      arm.call("PUT", `${account}/blobServices/default/containers/${name}?${version}`, { properties });
    expect((await put("Data")).body.error.code).toBe("InvalidResourceName");
    expect((await put("a--b")).body.error.code).toBe("InvalidResourceName");
    expect((await put("data", { publicAccess: "Blob" })).body.error.code).toBe("PublicAccessNotPermitted");
  });
});

describe("what every account has", () => {
  it("is there without being written, and can't be deleted", async () => {
    await arm.putAccount();
    const service = `${account}/blobServices/default?${version}`;
    expect((await arm.call("GET", service)).body.properties.deleteRetentionPolicy.enabled).toBe(false);
    expect((await arm.call("DELETE", service)).status).toBe(405);
    const retention = { enabled: true, days: 7 };
    await arm.call("PUT", service, { properties: { deleteRetentionPolicy: retention } });
    expect((await arm.call("GET", service)).body.properties.deleteRetentionPolicy).toEqual(retention);
  });

  it("are lifecycle rules only after they were written", async () => {
    await arm.putAccount();
    const policy = `${account}/managementPolicies/default?${version}`;
    expect((await arm.call("GET", policy)).status).toBe(404);
    const rule = {
      name: "old",
      type: "Lifecycle",
      definition: { actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 30 } } } },
    };
    const made = await arm.call("PUT", policy, { properties: { policy: { rules: [rule] } } });
    expect(made).toMatchObject({ status: 200, body: { properties: { policy: { rules: [rule] } } } });
    const twice = await arm.call("PUT", policy, { properties: { policy: { rules: [rule, rule] } } });
    expect(twice.status).toBe(400);
  });
});
