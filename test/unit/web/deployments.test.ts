/** Deployments of packages: which one is active, and what becomes of one that was interrupted. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestTenant, type TestTenant } from "../../../infra/local/tenant/core/testing";
import {
  activeDeployment,
  type Deployment,
  deployStatus,
  failUnfinished,
  openDeployments,
} from "../../../infra/local/tenant/web/deployments";

let tenant: TestTenant;

beforeEach(() => {
  tenant = createTestTenant();
});
afterEach(() => tenant.close());

function add(id: string, status: Deployment["status"], endedAt: string | undefined): Deployment {
  const receivedAt = "2026-01-01T00:00:00.000Z";
  const rest = { site: "func", text: "", deployer: "test", bytes: 1 };
  return openDeployments(tenant.store).put({ ...rest, id, status, receivedAt, endedAt });
}

it("the last one that succeeded is active", () => {
  expect(activeDeployment(tenant.store, "func")).toBeUndefined();
  add("1", deployStatus.success, "2026-01-01T00:00:01.000Z");
  const second = add("2", deployStatus.success, "2026-01-01T00:00:02.000Z");
  add("3", deployStatus.failed, "2026-01-01T00:00:03.000Z");
  add("4", deployStatus.pending, undefined);
  expect(activeDeployment(tenant.store, "func")).toEqual(second);
});

it("one that was interrupted has failed, and says what to do", () => {
  const done = add("1", deployStatus.success, "2026-01-01T00:00:01.000Z");
  add("2", deployStatus.pending, undefined);
  failUnfinished(tenant);
  const deployments = openDeployments(tenant.store);
  expect(deployments.get("1")).toEqual(done);
  expect(deployments.get("2")).toMatchObject({
    status: 3,
    text: expect.stringContaining("Publish the package again"),
  });
  expect(deployments.get("2")?.endedAt).toBeDefined();
});
