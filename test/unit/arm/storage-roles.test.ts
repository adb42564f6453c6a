/** What the built-in storage roles allow on the data plane, operation by operation. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { permit, type StorageService } from "../../../infra/local/tenant/storage/authorization";
import { StorageError } from "../../../infra/local/tenant/storage/errors";
import { ArmClient } from "./arm-client";

const roles = {
  owner: "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
  contributor: "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
  reader: "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
  queueContributor: "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
  processor: "8a0f0c08-91a1-4084-bc3d-661d67233fed",
  sender: "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
  queueReader: "19e7f393-937e-4f77-808e-94535e297925",
};
type Role = keyof typeof roles;

let arm: ArmClient;
let account: string;
let principal: string;

beforeEach(async () => {
  arm = await ArmClient.open();
  await arm.putGroup();
  account = (await arm.putAccount()).body.id;
  const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
  const made = await arm.call("PUT", `${path}?api-version=2023-01-31`, { location: "westeurope" });
  principal = made.body.properties.principalId;
});
afterEach(() => arm.tenant.close());

/** The status of a request such as `PUT data/blob?comp=block`; 200 when it is allowed. */
function status(service: StorageService, line: string, headers: Record<string, string> = {}): number {
  const [method = "", target = ""] = line.split(" ");
  const [path = "", query] = target.split("?");
  const [item, ...rest] = path.split("/").filter((part) => part !== "");
  const request = { method, item, rest: rest.length === 0 ? undefined : rest.join("/") };
  try {
    permit(arm.tenant, principal, account, service, {
      ...request,
      query: new URLSearchParams(query),
      headers: new Headers(headers),
    });
    return 200;
  } catch (error) {
    if (error instanceof StorageError) return error.status;
    throw error;
  }
}

describe("blobs", () => {
  it.each<[string, readonly Role[]]>([
    ["GET /?comp=list", ["owner", "contributor", "reader"]],
    ["PUT data?restype=container", ["owner", "contributor"]],
    ["DELETE data?restype=container", ["owner", "contributor"]],
    ["GET data?restype=container&comp=list", ["owner", "contributor", "reader"]],
    ["GET data?restype=container&comp=acl", ["owner"]],
    ["GET data/a/b", ["owner", "contributor", "reader"]],
    ["HEAD data/a", ["owner", "contributor", "reader"]],
    ["PUT data/a", ["owner", "contributor"]],
    ["PUT data/a?comp=block", ["owner", "contributor"]],
    ["PUT data/a?comp=lease", ["owner", "contributor"]],
    ["PUT data/a?comp=tags", ["owner"]],
    ["DELETE data/a", ["owner", "contributor"]],
  ])("%s is for %j", async (line, allowed) => {
    const found: Role[] = [];
    for (const role of ["owner", "contributor", "reader", "queueContributor"] as const) {
      const name = crypto.randomUUID();
      await arm.assign(account, roles[role], principal, {}, name);
      if (status("blob", line) === 200) found.push(role);
      const path = `${account}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
      await arm.call("DELETE", path);
    }
    expect(found).toEqual(allowed);
  });

  it("are open on the container that the role is on, not on its neighbour", async () => {
    await arm.assign(`${account}/blobServices/default/containers/data`, roles.contributor, principal);
    expect(status("blob", "PUT data/a")).toBe(200);
    expect(status("blob", "PUT data2/a")).toBe(403);
    expect(status("blob", "GET /?comp=list")).toBe(403);
  });

  it("are not copied and not changed in batches here", async () => {
    await arm.assign(account, roles.owner, principal);
    expect(status("blob", "POST /?comp=batch")).toBe(501);
    expect(status("blob", "PUT data/a", { "x-ms-copy-source": "https://elsewhere" })).toBe(501);
  });

  it("are open only when the role has reached the service", async () => {
    arm.tenant.close();
    arm = await ArmClient.open({ now: new Date("2026-03-01T00:00:00Z"), delays: { references: 400 } });
    arm.tenant.clock.advance(1000);
    await arm.putGroup();
    account = `${arm.group}/providers/Microsoft.Storage/storageAccounts/stcontoso`;
    await arm.putAccount();
    const path = `${arm.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-app`;
    const made = await arm.call("PUT", `${path}?api-version=2023-01-31`, { location: "westeurope" });
    principal = made.body.properties.principalId;
    await arm.assign(account, roles.owner, principal, { principalType: "ServicePrincipal" });
    expect(status("blob", "GET data/a")).toBe(403);
    arm.tenant.clock.advance(400);
    expect(status("blob", "GET data/a")).toBe(200);
  });
});

describe("queues", () => {
  it.each<[string, readonly Role[]]>([
    ["GET /?comp=list", ["queueContributor", "queueReader"]],
    ["PUT work", ["queueContributor"]],
    ["GET work?comp=metadata", ["queueContributor", "queueReader"]],
    ["DELETE work", ["queueContributor"]],
    ["POST work/messages", ["queueContributor", "sender"]],
    ["GET work/messages", ["queueContributor", "processor"]],
    ["GET work/messages?peekonly=true", ["queueContributor", "processor", "queueReader"]],
    ["PUT work/messages/1", ["queueContributor"]],
    ["DELETE work/messages/1", ["queueContributor", "processor"]],
    ["DELETE work/messages", ["queueContributor"]],
  ])("%s is for %j", async (line, allowed) => {
    const found: Role[] = [];
    for (const role of ["queueContributor", "processor", "sender", "queueReader", "owner"] as const) {
      const name = crypto.randomUUID();
      await arm.assign(account, roles[role], principal, {}, name);
      if (status("queue", line) === 200) found.push(role);
      const path = `${account}/providers/Microsoft.Authorization/roleAssignments/${name}?api-version=2022-04-01`;
      await arm.call("DELETE", path);
    }
    expect(found).toEqual(allowed);
  });
});
