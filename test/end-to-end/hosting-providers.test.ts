import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { DeployedProject, limits } from "./providers/project";

/** The whole life of one stack, in order: each test goes on where the one before ended. */
describe("the types of a function app, with the real engine and the local tenant", () => {
  const project = new DeployedProject("hosting-program.ts");

  beforeAll(() => project.prepare());
  afterAll(() => project.remove());

  it("creates one of each type", async () => {
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).toContain("21 created");
    expect(code).toBe(0);
    const outputs = await project.outputs();
    expect(outputs.blobEndpoint).toMatch(/^https:\/\/\S+\/$/);
    expect(outputs.connectionString).toMatch(/^InstrumentationKey=[0-9a-f-]{36};/);
    expect(outputs.customerId).toMatch(/^[0-9a-f-]{36}$/);
    expect(outputs.host).toMatch(/^\S+:\d+$/);
    expect(outputs.publishingHost).toMatch(/^\S+:\d+$/);
    expect(outputs.publishingHost).not.toBe(outputs.host);
  });

  it("runs the code that the same deployment pushed", async () => {
    const { host } = await project.outputs();
    const answer = await vi.waitFor(
      async () => {
        const response = await project.get(`https://${host}/api/health`);
        expect(response.status).toBe(200);
        return response;
      },
      { timeout: 30_000, interval: 500 },
    );
    expect(answer.body).toEqual({ status: "ok" });
  });

  it("has nothing to do the second time, nor after a refresh", async () => {
    expect(await project.plannedChanges()).toEqual([]);
    expect((await project.pulumi("refresh", "--yes")).output).toContain("21 unchanged");
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("finds what was changed by others, and sets it right", async () => {
    const { siteId } = await project.outputs();
    const arm = await project.api("arm");
    const properties = { httpsOnly: false, siteConfig: { ftpsState: "AllAllowed" } };
    await arm.call("PATCH", `${siteId}?api-version=2025-05-01`, limits(), { properties });
    expect((await project.pulumi("refresh", "--yes")).output).toContain("1 updated");
    expect(await project.plannedChanges()).toEqual([{ op: "update", name: "site" }]);
    expect((await project.pulumi("up", "--yes")).code).toBe(0);
    const { body } = await arm.call("GET", `${siteId}/config/web?api-version=2025-05-01`, limits());
    expect(body).toMatchObject({ properties: { ftpsState: "Disabled", minTlsVersion: "1.2" } });
  });

  it("changes in place what can be changed so", async () => {
    const before = await project.outputs();
    await project.set("restart", "yes");
    await project.set("tls", "1.3");
    await project.set("purpose", "another");
    const changes = await project.plannedChanges();
    expect(changes.filter(({ op }) => op !== "update")).toEqual([]);
    expect(changes).toContainEqual({ op: "update", name: "site" });
    expect((await project.pulumi("up", "--yes")).code).toBe(0);
    expect((await project.outputs()).deploymentId).not.toBe(before.deploymentId);
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("destroys all that it made, the lock first", async () => {
    const { code, output } = await project.pulumi("destroy", "--yes");
    expect(output).toContain("21 deleted");
    expect(code).toBe(0);
  });
});

describe("the types of a closed network, with the real engine and the local tenant", () => {
  const project = new DeployedProject("network-program.ts");

  beforeAll(() => project.prepare());
  afterAll(() => project.remove());

  it("creates one of each type, and has nothing to do the second time, nor after a refresh", async () => {
    expect((await project.pulumi("up", "--yes")).output).toContain("9 created");
    expect(await project.plannedChanges()).toEqual([]);
    expect((await project.pulumi("refresh", "--yes")).output).toContain("9 unchanged");
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("changes in place, and keeps a network's subnets", async () => {
    await project.set("purpose", "another");
    expect((await project.pulumi("up", "--yes")).code).toBe(0);
    const { networkId } = await project.outputs();
    const arm = await project.api("arm");
    const { body } = await arm.call("GET", `${networkId}?api-version=2024-05-01`, limits());
    expect(body).toMatchObject({
      tags: { purpose: "another" },
      properties: { subnets: [{ name: "functions" }, { name: "endpoints" }] },
    });
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("destroys all that it made", async () => {
    const { code, output } = await project.pulumi("destroy", "--yes");
    expect(output).toContain("9 deleted");
    expect(code).toBe(0);
  });
});
