import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDirectory } from "../../../infra/local/tenant/directory/open";
import { ArmClient, deployer } from "./arm-client";

const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";
let arm: ArmClient;

beforeEach(async () => {
  arm = await ArmClient.open();
});
afterEach(() => arm.tenant.close());

async function putIdentity(name = "id-one") {
  const path = `${arm.group}/providers/${identityType}/${name}?api-version=2023-01-31`;
  return arm.call("PUT", path, { location: "westeurope", tags: { a: "b" } });
}

describe("who calls, and by which version", () => {
  it("answers 401 with a challenge without a token, and for one of another API", async () => {
    const none = await arm.raw("GET", "/subscriptions?api-version=2022-12-01", {});
    expect(none).toMatchObject({ status: 401, body: { error: { code: "AuthenticationFailed" } } });
    expect(none.headers.get("www-authenticate")).toContain(
      'authorization_uri="https://127.0.0.1:8443/login/',
    );
    const authorization = await arm.tenant.authorization({ api: "graph", objectId: deployer });
    const other = await arm.raw("GET", "/subscriptions?api-version=2022-12-01", { authorization });
    expect(other.body.error.code).toBe("InvalidAuthenticationTokenAudience");
  });

  it.each([
    ["", "MissingApiVersionParameter"],
    ["?api-version=1999-01-01", "InvalidApiVersionParameter"],
  ])("refuses a resource group call with the version %j", async (query, code) => {
    expect(await arm.call("GET", `${arm.group}${query}`)).toMatchObject({
      status: 400,
      body: { error: { code } },
    });
  });

  it("refuses an unknown version of a resource provider by naming those it knows", async () => {
    const { status, body } = await arm.call("GET", `${arm.vault}?api-version=2024-03-01`);
    expect(status).toBe(400);
    expect(body.error.code).toBe("NoRegisteredProviderFound");
    expect(body.error.message).toContain("2024-11-01");
  });

  it("answers AuthorizationFailed to a principal without roles, and lists nothing to it", async () => {
    await arm.putGroup();
    const stranger = "99999999-0000-4000-8000-000000000009";
    const refused = await arm.call("GET", `${arm.group}?api-version=2024-03-01`, undefined, stranger);
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "AuthorizationFailed" } } });
    expect(refused.body.error.message).toContain(
      "'Microsoft.Resources/subscriptions/resourceGroups/read' over scope",
    );
    const listed = await arm.call("GET", "/subscriptions?api-version=2022-12-01", undefined, stranger);
    expect(listed.body.value).toEqual([]);
    expect((await arm.call("GET", "/subscriptions?api-version=2022-12-01")).body.value).toHaveLength(1);
  });

  it("refuses types that are not served and unknown members", async () => {
    await arm.putGroup();
    const other = await arm.call(
      "GET",
      `${arm.group}/providers/Microsoft.Compute/virtualMachines/x?api-version=2025-04-01`,
    );
    expect(other).toMatchObject({ status: 404, body: { error: { code: "InvalidResourceType" } } });
    const unknown = await arm.call("PUT", `${arm.group}?api-version=2024-03-01`, {
      location: "westeurope",
      colour: "red",
    });
    expect(unknown).toMatchObject({ status: 400, body: { error: { code: "InvalidRequestContent" } } });
    expect(unknown.body.error.message).toContain("Could not find member 'colour'");
  });
});

describe("resource groups", () => {
  it("are made, found in any case, moved by nobody, and listed", async () => {
    const made = await arm.putGroup();
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: arm.group,
        name: "rg",
        location: "westeurope",
        properties: { provisioningState: "Succeeded" },
      },
    });
    expect(made.headers.get("x-ms-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect((await arm.putGroup()).status).toBe(200);
    const found = await arm.call(
      "GET",
      `${arm.group.toLowerCase().replace("/rg", "/RG")}?api-version=2024-03-01`,
    );
    expect(found.body.id).toBe(arm.group);
    const moved = await arm.call("PUT", `${arm.group}?api-version=2024-03-01`, { location: "northeurope" });
    expect(moved).toMatchObject({ status: 409, body: { error: { code: "InvalidResourceLocation" } } });
  });

  it("are deleted by an operation that takes their content along", async () => {
    arm.tenant.close();
    arm = await ArmClient.open({ now: new Date("2026-03-01T00:00:00Z"), delays: { references: 400 } });
    arm.tenant.clock.advance(1000);
    await arm.putGroup();
    await putIdentity();
    const accepted = await arm.call("DELETE", `${arm.group}?api-version=2024-03-01`);
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("retry-after")).toBe("1");
    const location = new URL(accepted.headers.get("location") ?? "");
    const poll = () => arm.call("GET", location.pathname.replace(/^\/arm/, "") + location.search);
    const running = await poll();
    expect([running.status, running.headers.get("retry-after")]).toEqual([202, "1"]);
    const write = await putIdentity("id-two");
    expect(write).toMatchObject({ status: 409, body: { error: { code: "ResourceGroupBeingDeleted" } } });
    arm.tenant.clock.advance(500);
    expect((await poll()).status).toBe(200);
    const gone = await arm.call("GET", `${arm.group}?api-version=2024-03-01`);
    expect(gone).toMatchObject({ status: 404, body: { error: { code: "ResourceGroupNotFound" } } });
    expect([...openDirectory(arm.tenant.store).servicePrincipals.values()]).toEqual([]);
  });
});

describe("managed identities", () => {
  it("have a service principal as long as they are there", async () => {
    await arm.putGroup();
    const { status, body } = await putIdentity();
    expect(status).toBe(201);
    expect(body.id).toBe(`${arm.group}/providers/${identityType}/id-one`);
    const { servicePrincipals } = openDirectory(arm.tenant.store);
    expect(servicePrincipals.get(body.properties.principalId)).toMatchObject({
      appId: body.properties.clientId,
      servicePrincipalType: "ManagedIdentity",
      properties: { alternativeNames: ["isExplicit=True", body.id] },
    });
    expect((await putIdentity()).body.properties).toEqual(body.properties);
    const removed = await arm.call("DELETE", `${body.id}?api-version=2023-01-31`);
    expect(removed.status).toBe(200);
    expect(servicePrincipals.size).toBe(0);
    expect((await arm.call("DELETE", `${body.id}?api-version=2023-01-31`)).status).toBe(204);
  });
});

describe("role assignments", () => {
  it("need a principal that has arrived, unless its type is named", async () => {
    arm.tenant.close();
    arm = await ArmClient.open({ now: new Date("2026-03-01T00:00:00Z"), delays: { references: 400 } });
    arm.tenant.clock.advance(1000);
    await arm.putGroup();
    const { principalId } = (await putIdentity()).body.properties;
    const early = await arm.assign(arm.group, reader, principalId);
    expect(early).toMatchObject({ status: 400, body: { error: { code: "PrincipalNotFound" } } });
    expect(early.headers.get("retry-after")).toBe("1");
    expect(
      (await arm.assign(arm.group, reader, principalId, { principalType: "User" })).body.error.code,
    ).toBe("UnmatchedPrincipalType");
    expect(
      (await arm.assign(arm.group, reader, principalId, { principalType: "ServicePrincipal" })).status,
    ).toBe(201);
    const read = () => arm.call("GET", `${arm.group}?api-version=2024-03-01`, undefined, principalId);
    expect((await read()).status).toBe(403);
    arm.tenant.clock.advance(500);
    expect((await read()).status).toBe(200);
  });

  it("refuse the same again, an unknown role or principal, and a change of principal", async () => {
    await arm.putGroup();
    const { principalId } = (await putIdentity()).body.properties;
    const name = crypto.randomUUID();
    expect((await arm.assign(arm.group, reader, principalId, {}, name)).status).toBe(201);
    expect(await arm.assign(arm.group, reader, principalId)).toMatchObject({
      status: 409,
      body: { error: { code: "RoleAssignmentExists" } },
    });
    expect(
      (await arm.assign(arm.group, reader, principalId, { description: "why" }, name)).body.properties
        .description,
    ).toBe("why");
    expect((await arm.assign(arm.group, owner, principalId, {}, name)).body.error.code).toBe(
      "RoleAssignmentUpdateNotPermitted",
    );
    expect((await arm.assign(arm.group, crypto.randomUUID(), principalId)).body.error.code).toBe(
      "RoleDefinitionDoesNotExist",
    );
    expect(
      (await arm.assign(arm.group, reader, crypto.randomUUID(), { principalType: "User" })).body.error.code,
    ).toBe("PrincipalNotFound");
  });

  it("count on their scope and below, and no further", async () => {
    await arm.putGroup();
    await arm.putGroup("other");
    const { principalId } = (await putIdentity()).body.properties;
    await arm.assign(arm.group, reader, principalId);
    const asReader = (method: string, path: string) =>
      arm.call(method, path, method === "GET" ? undefined : {}, principalId);
    expect(
      (await asReader("GET", `${arm.group}/providers/${identityType}/id-one?api-version=2023-01-31`)).status,
    ).toBe(200);
    expect((await asReader("DELETE", `${arm.group}?api-version=2024-03-01`)).status).toBe(403);
    expect(
      (await asReader("GET", `${arm.subscription}/resourceGroups/other?api-version=2024-03-01`)).status,
    ).toBe(403);
    const groups = await asReader("GET", `${arm.subscription}/resourceGroups?api-version=2024-03-01`);
    expect(groups.body.value.map(({ name }: { name: string }) => name)).toEqual(["rg"]);
  });

  it("are what Contributor alone may not write", async () => {
    await arm.putGroup();
    const { principalId } = (await putIdentity()).body.properties;
    await arm.assign(arm.group, "b24988ac-6180-42a0-ab88-20f7382dd24c", principalId);
    const path = `${arm.group}/providers/Microsoft.Authorization/roleAssignments/${crypto.randomUUID()}?api-version=2022-04-01`;
    const refused = await arm.call("PUT", path, {}, principalId);
    expect(refused).toMatchObject({ status: 403, body: { error: { code: "AuthorizationFailed" } } });
  });
});

describe("vaults", () => {
  it("say where they are reached and keep what they were declared with", async () => {
    await arm.putGroup();
    const { status, body } = await arm.putVault({ enablePurgeProtection: true });
    expect(status).toBe(200);
    expect(body.properties).toMatchObject({
      enableSoftDelete: true,
      softDeleteRetentionInDays: 90,
      enablePurgeProtection: true,
      provisioningState: "Succeeded",
      vaultUri: `${arm.tenant.ports.origin("kv-one")}/`,
    });
    expect((await arm.putVault({ enablePurgeProtection: false })).body.error.message).toContain(
      "irreversible",
    );
    expect((await arm.putVault({ colour: "red" })).body.error.code).toBe("InvalidRequestContent");
    expect(
      (await arm.putVault({}, `${arm.group}/providers/Microsoft.KeyVault/vaults/1x`)).body.error.code,
    ).toBe("VaultNameNotValid");
  });

  it("ask to be polled while their name is being registered", async () => {
    arm.tenant.close();
    arm = await ArmClient.open({ now: new Date("2026-03-01T00:00:00Z"), delays: { references: 400 } });
    arm.tenant.clock.advance(1000);
    await arm.putGroup();
    const made = await arm.putVault();
    expect([made.body.properties.provisioningState, made.headers.get("retry-after")]).toEqual([
      "RegisteringDns",
      "1",
    ]);
    arm.tenant.clock.advance(500);
    const read = await arm.call("GET", `${arm.vault}?api-version=2024-11-01`);
    expect(read.body.properties.provisioningState).toBe("Succeeded");
  });

  it("keep their name when deleted, until recovered or purged", async () => {
    await arm.putGroup();
    await arm.putVault();
    const secret = `${arm.vault}/secrets/one?api-version=2024-11-01`;
    await arm.call("PUT", secret, { properties: { value: "kept" } });
    expect((await arm.call("DELETE", `${arm.vault}?api-version=2024-11-01`)).status).toBe(200);
    expect(arm.tenant.ports.origin("kv-one")).toBeUndefined();
    expect(await arm.putVault()).toMatchObject({ status: 409, body: { error: { code: "ConflictError" } } });
    expect((await arm.putVault({ createMode: "recover" })).status).toBe(200);
    expect((await arm.call("GET", secret)).status).toBe(200);
    await arm.call("DELETE", `${arm.vault}?api-version=2024-11-01`);
    const deleted = `${arm.subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-one`;
    expect((await arm.call("GET", `${deleted}?api-version=2024-11-01`)).body.properties.vaultId).toBe(
      arm.vault,
    );
    expect((await arm.call("POST", `${deleted}/purge?api-version=2024-11-01`)).status).toBe(202);
    expect((await arm.putVault()).status).toBe(200);
    expect((await arm.call("GET", secret)).body.error.code).toBe("ResourceNotFound");
  });

  it("are not purged while protected, and belong to one group", async () => {
    await arm.putGroup();
    await arm.putGroup("other");
    await arm.putVault({ enablePurgeProtection: true });
    const elsewhere = await arm.putVault(
      {},
      `${arm.subscription}/resourceGroups/other/providers/Microsoft.KeyVault/vaults/KV-one`,
    );
    expect(elsewhere).toMatchObject({ status: 409, body: { error: { code: "VaultAlreadyExists" } } });
    await arm.call("DELETE", `${arm.vault}?api-version=2024-11-01`);
    const purge = `${arm.subscription}/providers/Microsoft.KeyVault/locations/westeurope/deletedVaults/kv-one/purge?api-version=2024-11-01`;
    expect(await arm.call("POST", purge)).toMatchObject({
      status: 405,
      body: { error: { code: "MethodNotAllowed" } },
    });
  });
});

describe("vault secrets", () => {
  it("are written by way of Resource Manager and never told, in no file either", async () => {
    await arm.putGroup();
    await arm.putVault();
    const value = `value-${crypto.randomUUID()}`;
    const path = `${arm.vault}/secrets/one?api-version=2024-11-01`;
    const made = await arm.call("PUT", path, {
      properties: { value, contentType: "text/plain", attributes: { enabled: true, exp: 2_000_000_000 } },
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: `${arm.vault}/secrets/one`,
      properties: { contentType: "text/plain", attributes: { exp: 2_000_000_000 } },
    });
    const again = await arm.call("PUT", path, { properties: { value } });
    expect(again.body.properties.secretUriWithVersion).not.toBe(made.body.properties.secretUriWithVersion);
    const listed = await arm.call("GET", `${arm.vault}/secrets?api-version=2024-11-01`);
    expect(listed.body.value).toHaveLength(1);
    expect(JSON.stringify([made, again, listed])).not.toContain(value);
    await arm.tenant.store.flush();
    const { directory } = arm.tenant.settings;
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name), "utf8")).not.toContain(value);
  });
});
