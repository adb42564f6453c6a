import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeployedProject, limits } from "./providers/project";

const FIRST = "first-value-of-a-test-secret";
const SECOND = "second-value-of-a-test-secret";

/** The whole life of one stack, in order: each test goes on where the one before ended. */
describe("the local azure-native plugin and our own, with the real engine and the local tenant", () => {
  const project = new DeployedProject("azure-program.ts");

  beforeAll(async () => {
    await project.prepare();
    await project.pulumi("config", "set", "--secret", "secretValue", FIRST);
  });
  afterAll(() => project.remove());

  async function ids(): Promise<Record<string, string>> {
    return (await project.outputs()).ids as unknown as Record<string, string>;
  }

  it("creates one of each type", async () => {
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).toContain("7 created");
    expect(code).toBe(0);
    const outputs = await project.outputs();
    expect(outputs.vaultName).toMatch(/^connectors[0-9a-f]{8}$/);
    expect(outputs.secretUri).toMatch(/^https:\/\/\S+\/secrets\/slot-0$/);
    expect(outputs.thumbprint).toMatch(/^[0-9A-F]{40}$/);
  });

  it("keeps the secret's value out of state", async () => {
    expect(project.state()).not.toContain(FIRST);
  });

  it("has nothing to do the second time, nor after a refresh", async () => {
    expect(await project.plannedChanges()).toEqual([]);
    expect((await project.pulumi("refresh", "--yes")).output).toContain("7 unchanged");
    expect(await project.plannedChanges()).toEqual([]);
    expect(project.state()).not.toContain(FIRST);
  });

  it("writes a new version of a secret and of a certificate, and replaces a role", async () => {
    const before = await project.outputs();
    await project.pulumi("config", "set", "--secret", "secretValue", SECOND);
    await project.set("generation", "2");
    await project.set("purpose", "another");
    await project.set("role", "21090545-7ca7-4776-b22c-e363652d74d2");
    const changes = await project.plannedChanges();
    for (const name of ["group", "secret", "certificate"])
      expect(changes).toContainEqual({ op: "update", name });
    expect(changes).toContainEqual({ op: "replace", name: "reader" });
    const { code, output } = await project.pulumi("up", "--yes");
    expect(output).not.toContain(SECOND);
    expect(code).toBe(0);
    const after = await project.outputs();
    expect(after.secretUri).toBe(before.secretUri);
    expect(after.certificateId).not.toBe(before.certificateId);
    expect(after.thumbprint).not.toBe(before.thumbprint);
    expect(project.state()).not.toContain(SECOND);
  });

  it("refuses to make what is there already", async () => {
    await project.pulumi("stack", "init", "second");
    await project.pulumi("config", "set", "--secret", "secretValue", FIRST);
    const { code, output } = await project.pulumi("up", "--yes", "--skip-preview");
    expect(code).not.toBe(0);
    expect(output).toMatch(/cannot create already existing resource '\S+rg-contoso'/);
    await project.pulumi("destroy", "--yes");
    await project.pulumi("stack", "select", "dev");
  });

  it("recovers a secret that was deleted before", async () => {
    await project.set("secretName", "slot-1");
    expect((await project.pulumi("up", "--yes")).code).toBe(0);
    await project.set("secretName", "slot-0");
    expect((await project.pulumi("up", "--yes")).code).toBe(0);
    expect(await project.plannedChanges()).toEqual([]);
  });

  it("imports by the id alone", async () => {
    const known = await ids();
    await project.pulumi("stack", "init", "imported");
    const types = {
      group: "azure-native:resources:ResourceGroup",
      connectors: "azure-native:keyvault:Vault",
      secret: "azure-native:keyvault:Secret",
      identity: "azure-native:managedidentity:UserAssignedIdentity",
      reader: "azure-native:authorization:RoleAssignment",
      certificate: "entra-connectors:index:VaultCertificate",
    };
    const failed: Record<string, string> = {};
    for (const [name, type] of Object.entries(types)) {
      const args = [type, name, known[name] ?? "", "--yes", "--generate-code=false", "--protect=false"];
      const { code, output } = await project.pulumi("import", ...args);
      if (code !== 0) failed[name] = output;
    }
    await project.pulumi("stack", "select", "dev");
    expect(failed).toEqual({});
  });

  it("destroys all that it made", async () => {
    const known = await ids();
    const { code, output } = await project.pulumi("destroy", "--yes");
    expect(output).toContain("7 deleted");
    expect(code).toBe(0);
    const arm = await project.api("arm");
    expect(await arm.find(`${known.group}?api-version=2024-03-01`, limits())).toBeUndefined();
  });
});
