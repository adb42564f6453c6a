/** Locks: what they forbid, on what they are, and that they can be taken away. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ArmClient } from "./arm-client";

let arm: ArmClient;
let account: string;
const storage = "api-version=2024-01-01";

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  account = (await arm.putAccount()).body.id;
});
afterEach(() => arm.tenant.close());

const lockPath = (scope: string) =>
  `${scope}/providers/Microsoft.Authorization/locks/keep?api-version=2020-05-01`;
const lock = (scope: string, level = "CanNotDelete") =>
  arm.call("PUT", lockPath(scope), { properties: { level } });
const deleteAccount = () => arm.call("DELETE", `${account}?${storage}`);

describe("a lock", () => {
  it.each([
    ["the resource", () => account],
    ["the group that holds it", () => arm.group],
    ["the subscription", () => arm.subscription],
    ["something in it", () => `${account}/blobServices/default`],
  ])("on %s forbids its deletion, not its change", async (_, scope) => {
    const made = await lock(scope());
    expect(made).toMatchObject({
      status: 201,
      body: { name: "keep", properties: { level: "CanNotDelete" } },
    });
    const refused = await deleteAccount();
    expect(refused).toMatchObject({ status: 409, body: { error: { code: "ScopeLocked" } } });
    expect(refused.body.error.message).toContain(`'${scope()}'`);
    expect((await arm.putAccount("stcontoso", { accessTier: "Cool" })).status).toBe(200);
    expect((await arm.call("DELETE", `${arm.group}?api-version=2024-03-01`)).status).toBe(409);
    expect((await arm.call("DELETE", lockPath(scope()))).status).toBe(200);
    expect((await deleteAccount()).status).toBe(200);
  });

  it("for reading only forbids changes and actions too", async () => {
    await lock(account, "ReadOnly");
    expect((await arm.putAccount("stcontoso", { accessTier: "Cool" })).status).toBe(409);
    const container = `${account}/blobServices/default/containers/data?${storage}`;
    expect((await arm.call("PUT", container, {})).status).toBe(409);
    expect((await arm.call("GET", `${account}?${storage}`)).status).toBe(200);
  });

  it("on another resource forbids nothing, and is listed where it is", async () => {
    const other = (await arm.putAccount("stother")).body.id;
    await lock(other);
    const listed = await arm.call(
      "GET",
      `${other}/providers/Microsoft.Authorization/locks?api-version=2020-05-01`,
    );
    expect(listed.body.value).toHaveLength(1);
    expect((await deleteAccount()).status).toBe(200);
  });

  it("keeps role assignments from being deleted", async () => {
    const identity = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
    const made = await arm.call("PUT", `${identity}?api-version=2023-01-31`, { location: "westeurope" });
    const { principalId } = made.body.properties;
    const name = crypto.randomUUID();
    await arm.assign(account, "ba92f5b4-2d11-453d-a403-e96b0029c9fe", principalId, {}, name);
    await lock(arm.group);
    const path = `${account}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
    expect((await arm.call("DELETE", path)).status).toBe(409);
  });

  it("is not made on what is not there, nor by who only contributes", async () => {
    expect((await lock(`${account}x`)).status).toBe(404);
    const identity = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
    const made = await arm.call("PUT", `${identity}?api-version=2023-01-31`, { location: "westeurope" });
    const { principalId } = made.body.properties;
    await arm.assign(arm.group, "b24988ac-6180-42a0-ab88-20f7382dd24c", principalId);
    const properties = { level: "CanNotDelete" };
    expect((await arm.call("PUT", lockPath(account), { properties }, principalId)).status).toBe(403);
  });
});
