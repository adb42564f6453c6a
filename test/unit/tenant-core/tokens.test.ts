import { SignJWT } from "jose";
import { afterAll, describe, expect, test } from "vitest";
import { createTestTenant } from "../../../infra/local/tenant/core/testing";
import type { ApiName } from "../../../infra/local/tenant/core/types";

const tenant = createTestTenant({ now: new Date("2026-03-01T12:00:00Z") });
afterAll(() => tenant.close());

const claims = {
  oid: "o",
  tid: "t",
  appid: "a",
  roles: ["User.Read.All"],
  nbf: tenant.clock.now() / 1000 - 300,
  exp: tenant.clock.now() / 1000 + 3600,
};
const header = async (aud: string) => `Bearer ${await tenant.tokens.sign({ ...claims, aud })}`;

describe("an access token", () => {
  test.each<[string, ApiName]>([
    ["https://graph.microsoft.com", "graph"],
    ["https://graph.microsoft.com/", "graph"],
    ["https://127.0.0.1:8443/graph", "graph"],
    ["00000003-0000-0000-c000-000000000000", "graph"],
    ["https://127.0.0.1:8443/arm/", "arm"],
    ["https://management.azure.com/", "arm"],
    ["https://management.core.windows.net/", "arm"],
    ["https://vault.azure.net", "key-vault"],
    ["https://storage.azure.com", "storage"],
    ["https://account.queue.core.windows.net", "storage"],
    ["https://manage.office.com", "office365-management"],
    ["https://outlook.office365.com", "exchange"],
  ])("for %s is one for %s and for nothing else", async (audience, api) => {
    const authorization = await header(audience);
    expect(await tenant.tokens.verify(authorization, api)).toEqual({
      objectId: "o",
      clientId: "a",
      tenantId: "t",
      audience,
      roles: ["User.Read.All"],
    });
    const other = api === "graph" ? "arm" : "graph";
    await expect(tenant.tokens.verify(authorization, other)).rejects.toMatchObject({ problem: "audience" });
  });

  test.each([
    [undefined, "missing"],
    ["", "missing"],
    ["Basic abc", "malformed"],
    ["Bearer abc", "malformed"],
    ["Bearer a.b.c", "malformed"],
  ])("%j is %s", async (authorization, problem) => {
    await expect(tenant.tokens.verify(authorization, "graph")).rejects.toMatchObject({ problem });
  });

  test("that was changed, unsigned or signed by somebody else is refused", async () => {
    const [head, body = "", signature] = (await header("https://graph.microsoft.com")).slice(7).split(".");
    const payload = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const changed = encode({ ...payload, roles: ["Directory.ReadWrite.All"] });
    const verify = (token: string) => tenant.tokens.verify(`Bearer ${token}`, "graph");
    await expect(verify(`${head}.${changed}.${signature}`)).rejects.toMatchObject({ problem: "signature" });
    await expect(verify(`${encode({ alg: "none" })}.${body}.`)).rejects.toMatchObject({
      problem: "malformed",
    });
    const hmac = await new SignJWT({ ...payload })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new Uint8Array(32));
    await expect(verify(hmac)).rejects.toMatchObject({ problem: "malformed" });
  });
});
