import { describe, expect, it } from "vitest";
import { z } from "zod";
import { all, fakeGraph, JumpingClock, readerOf } from "./fake-graph";

const refusal = async (path: string, status: number, code: string, message: string) => {
  const clock = new JumpingClock();
  const fake = await fakeGraph(clock, () => ({ status, body: { error: { code, message } } }));
  const { reader } = readerOf(fake, clock);
  const error = await all(reader.pages(path, z.object({}))).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, requests: fake.seen.length };
};

describe("what a refusal means", () => {
  it.each([
    [
      "/users",
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges to complete the operation.",
      "forbidden",
    ],
    [
      "/auditLogs/signIns",
      403,
      "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
      "Neither tenant is B2C or tenant doesn't have premium license",
      "license",
    ],
    [
      "/identityProtection/riskyUsers",
      403,
      "Forbidden",
      "Your tenant is not licensed for this feature.",
      "license",
    ],
    ["/users/delta?$deltatoken=x", 410, "SyncStateNotFound", "gone", "expired-link"],
    [
      "/users?$skiptoken=x",
      400,
      "Directory_ExpiredPageToken",
      "The specified page token value has expired.",
      "expired-link",
    ],
    ["/users/delta?$deltatoken=x", 400, "Request_BadRequest", "Badly formed token.", "expired-link"],
    ["/users?$select=x", 400, "BadRequest", "Could not find a property named 'x'.", "refused"],
    [
      "/identityProtection/riskyUsers",
      400,
      "BadRequest",
      "Resource not found for the segment 'riskyUsers'.",
      "not-offered",
    ],
    ["/users", 501, "NotImplemented", "", "not-offered"],
    ["/groups/x/members", 404, "Request_ResourceNotFound", "Resource 'x' does not exist.", "not-found"],
  ])("%s %i %s", async (path, status, code, message, kind) => {
    const { error, requests } = await refusal(path, status, code, message);
    expect(error).toMatchObject({ kind, details: { status, code, requestId: "request-1" } });
    expect(requests).toBe(1);
  });

  it("names the permission that the service names", async () => {
    const { error } = await refusal(
      "/users?$select=signInActivity",
      403,
      "Authorization_RequestDenied",
      "Calling principal does not have required MSGraph permissions AuditLog.Read.All",
    );
    expect(error).toMatchObject({ details: { permission: "AuditLog.Read.All" } });
  });

  it("names the least permission of the path where the service names none", async () => {
    const { error } = await refusal(
      "/devices",
      403,
      "Authorization_RequestDenied",
      "Insufficient privileges",
    );
    expect(error).toMatchObject({
      details: { permission: "Device.Read.All" },
      message: expect.stringContaining("lacks Device.Read.All"),
    });
  });

  it("keeps query strings out of messages", async () => {
    const { error } = await refusal("/users?$filter=displayName eq 'Ann'", 400, "BadRequest", "no");
    expect(String(error)).not.toContain("Ann");
  });
});
