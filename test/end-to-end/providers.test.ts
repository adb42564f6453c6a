import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DeployedProject, limits } from "./providers/project";

const listed = z.object({ value: z.array(z.object({ id: z.string(), displayName: z.string() })) });

/** The whole life of one stack, in order: each test goes on where the one before ended. */
describe("the local azuread plugin, with the real engine and the local tenant", () => {
  const project = new DeployedProject("directory-program.ts");

  beforeAll(() => project.prepare());
  afterAll(() => project.remove());

  async function ids(): Promise<Record<string, string>> {
    return (await project.outputs()).ids as unknown as Record<string, string>;
  }

  it("creates one of each type, with ids in the official format", async () => {
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).toContain("9 created");
    expect(code).toBe(0);
    const guid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    expect(await ids()).toEqual({
      application: expect.stringMatching(`^/applications/${guid}$`),
      principal: expect.stringMatching(`^/servicePrincipals/${guid}$`),
      consent: expect.stringMatching(`^/servicePrincipals/${guid}/appRoleAssignedTo/[\\w-]+$`),
      exchange: expect.stringMatching(/^\/roleManagement\/directory\/roleAssignments\/[\w-]+$/),
      federated: expect.stringMatching(`^${guid}/federatedIdentityCredential/${guid}$`),
      password: expect.stringMatching(`^${guid}/password/${guid}$`),
    });
  });

  it("keeps no secret in clear in state", async () => {
    const { secretValue = "", privateKey = "" } = await project.outputs();
    expect(secretValue.length).toBeGreaterThan(20);
    const [, line = ""] = privateKey.split("\n");
    expect(line.length).toBe(64);
    expect(project.state()).not.toContain(secretValue);
    expect(project.state()).not.toContain(line);
  });

  it("has nothing to do the second time, nor after a refresh", async () => {
    expect(await project.plannedChanges()).toEqual([]);
    expect((await project.pulumi("refresh", "--yes")).output).toContain("9 unchanged");
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("updates in place what can be, and replaces a password when its generation changes", async () => {
    const before = await ids();
    for (const [key, value] of Object.entries({
      displayName: "Contoso's sync",
      generation: "2",
      issuer: "https://other.example",
      endDate: "2028-06-01T00:00:00Z",
    })) {
      await project.set(key, value);
    }
    const changes = await project.plannedChanges();
    expect(changes).toContainEqual({ op: "update", name: "application" });
    expect(changes).toContainEqual({ op: "update", name: "federated" });
    expect(changes).toContainEqual({ op: "replace", name: "password" });
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).toMatch(/2 updated[\s\S]*1 replaced/);
    expect(code).toBe(0);
    const after = await ids();
    expect(after.application).toBe(before.application);
    expect(after.password).not.toBe(before.password);
  });

  it("takes a changed end date alone as no change", async () => {
    await project.set("endDate", "2029-01-01T00:00:00Z");
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("sees in a refresh what changed behind its back, and repairs it", async () => {
    const graph = await project.api("graph");
    const { applicationId = "" } = await project.outputs();
    await graph.call("PATCH", `/v1.0${applicationId}`, limits(), { notes: "Changed by hand.", tags: [] });
    expect((await project.pulumi("refresh", "--yes")).output).toContain("1 updated");
    expect(await project.plannedChanges()).toEqual([{ op: "update", name: "application" }]);
    await project.pulumi("up", "--yes");
    const repaired = (await graph.call("GET", `/v1.0${applicationId}`, limits())).body;
    expect(repaired).toMatchObject({ notes: "Made by a test.", tags: ["entra-connectors:dev/contoso-sync"] });
  });

  it("keeps an application whose creation failed half-way, and finishes it at the next update", async () => {
    await project.set("another", "true");
    const fault = { service: "graph", method: "PATCH", path: "/applications/", status: 403, remaining: 1 };
    await project.admin("POST", "/faults", { ...fault, code: "Injected", message: "No." });
    const failed = await project.pulumi("up", "--yes", "--skip-preview");
    expect(failed.code).not.toBe(0);
    expect(failed.output).toMatch(/PATCH \S*\/applications\/\S+ answered 403 Injected: No\./);
    expect((await project.pulumi("up", "--yes", "--skip-preview")).code).toBe(0);
    const graph = await project.api("graph");
    const { body } = await graph.call("GET", "/v1.0/applications?$filter=displayName eq 'Another'", limits());
    expect(listed.parse(body).value).toHaveLength(1);
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("imports by the id alone, but no password", async () => {
    const known = await ids();
    await project.pulumi("stack", "init", "imported");
    const types = {
      application: "azuread:index/application:Application",
      principal: "azuread:index/servicePrincipal:ServicePrincipal",
      consent: "azuread:index/appRoleAssignment:AppRoleAssignment",
      exchange: "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment",
      federated:
        "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential",
      password: "azuread:index/applicationPassword:ApplicationPassword",
    };
    const results: Record<string, number | null> = {};
    for (const [name, type] of Object.entries(types)) {
      const args = [type, name, known[name] ?? "", "--yes", "--generate-code=false", "--protect=false"];
      results[name] = (await project.pulumi("import", ...args)).code;
    }
    await project.pulumi("stack", "select", "dev");
    const { password, ...imported } = results;
    expect(imported).toEqual({ application: 0, principal: 0, consent: 0, exchange: 0, federated: 0 });
    expect(password).not.toBe(0);
    expect(project.state("imported")).toContain("Contoso's sync");
  });

  it("says in one sentence that the tenant is down", async () => {
    const down = await project.withEnvironment({ ARM_METADATA_HOSTNAME: "127.0.0.1:1" }, () =>
      project.pulumi("refresh", "--yes"),
    );
    expect(down.code).not.toBe(0);
    expect(down.output).toContain("Nothing answers at https://127.0.0.1:1 (ECONNREFUSED).");
    expect(down.output).toContain("tenant start");
  });

  it("destroys all that it made", async () => {
    const { applicationId = "" } = await project.outputs();
    const { code, output } = await project.pulumi("destroy", "--yes");
    expect(output).toContain("10 deleted");
    expect(code).toBe(0);
    const graph = await project.api("graph");
    expect(await graph.find(`/v1.0${applicationId}`, limits())).toBeUndefined();
  });
});
