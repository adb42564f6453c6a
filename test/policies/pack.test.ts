import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { types } from "../../policies/harness/types";
import { rules } from "../../policies/rules";
import { type Declared, type Judged, JudgedProject } from "./engine/project";
import { badConfig, badSettings, badStack, goodConfig, goodLock, goodSettings, goodStack } from "./stacks";

/** One project; a preview shows all rules something at once. */
describe("the policy pack in the engine", () => {
  const project = new JudgedProject();
  beforeAll(async () => {
    await project.prepare();
    project.write("locks/dev.json", goodLock());
  });
  afterAll(() => project.remove());

  describe("over a stack that is wrong in every way", () => {
    let judged: Judged;
    beforeAll(async () => {
      project.declare(badStack, badSettings);
      judged = await project.judge("preview", badConfig);
    });

    it("stops at the preview", () => {
      expect(judged.code).not.toBe(0);
      expect(judged.output).not.toContain("can't run policy");
    });

    it.each(rules)("refuses: $id", ({ id, enforcement }) => {
      const own = judged.said.filter(({ policy }) => policy === id);
      expect(own.length).toBeGreaterThan(0);
      for (const { message, level } of own) {
        expect(level).toBe(enforcement);
        expect(message).toMatch(new RegExp(`(^|\n)${id}\\[[^\\]]+\\] `));
      }
    });
  });

  describe("over a stack that is as it should be", () => {
    let judged: Judged;
    beforeAll(async () => {
      project.declare(goodStack, goodSettings);
      judged = await project.judge("preview", goodConfig);
    });

    it("lets it pass", () => {
      // The one piece of advice: our own collector's secret, beside its federated credential.
      expect(judged.said.filter(({ policy }) => policy !== "prefer-federated")).toEqual([]);
      expect(judged.code).toBe(0);
    });

    it.each(rules.filter(({ id }) => id !== "prefer-federated"))("accepts: $id", ({ id }) => {
      expect(judged.passed).toContain(id);
    });
  });

  it("accepts: prefer-federated, where there is no secret", async () => {
    project.declare(
      goodStack.filter(({ name, parent }) => !`${parent} ${name}`.includes("client-secret")),
      goodSettings,
    );
    const judged = await project.judge("preview", { all: "disabled", "prefer-federated": "mandatory" });
    expect(judged.passed).toContain("prefer-federated");
    expect(judged.code).toBe(0);
  });

  it("does not pass what is unknown at the preview, nor make advice of it", async () => {
    const hidden = changed("sync-application", {
      requiredResourceAccesses: { output: "identity.id" },
      owners: [{ output: "identity.id" }],
    });
    project.declare(hidden, goodSettings);
    const judged = await project.judge("preview", goodConfig);
    const refusing = new Set(
      judged.said.filter(({ level }) => level === "mandatory").map(({ policy }) => policy),
    );
    for (const id of [
      "tier0-app-role",
      "known-role-id",
      "permission-allowlist",
      "locked-permissions",
      "owners-as-declared",
    ]) {
      expect(refusing).toContain(id);
    }
    expect(judged.said.map(({ message }) => message).join("\n")).toContain(
      "tier0-app-role[requiredResourceAccesses unknown]",
    );
    expect(judged.output).not.toContain("can't run policy");
    expect(judged.code).not.toBe(0);
  });

  it("refuses a tier-0 permission that nobody acknowledged, with nothing created", async () => {
    project.declare(withTier0(), goodSettings);
    const judged = await project.judge("up");
    expect(judged.code).not.toBe(0);
    expect(judged.output).toContain("tier0-app-role[RoleManagement.ReadWrite.Directory] Sync: ");
    expect(await stateTypes(project)).toEqual([]);
  });

  it("judges what only the deployment knows before it is made", async () => {
    const wrong = changed("reader-trust-0", { subject: { output: "any*one.id" } });
    const identity = {
      type: "azure-native:managedidentity:UserAssignedIdentity",
      name: "any*one",
      properties: {},
    };
    project.declare([identity, ...wrong], goodSettings);
    expect((await project.judge("preview", goodConfig)).code).toBe(0);
    const judged = await project.judge("up", goodConfig);
    expect(judged.output).toContain("exact-federated-credential[subject any*one]");
    expect(judged.code).not.toBe(0);
    expect(await stateTypes(project)).not.toContain("reader-trust-0");
  });
});

function changed(name: string, properties: Declared["properties"]): Declared[] {
  return goodStack.map((one) =>
    one.name === name ? { ...one, properties: { ...one.properties, ...properties } } : one,
  );
}

function withTier0(): Declared[] {
  const roleManagement = {
    resourceAppId: "00000003-0000-0000-c000-000000000000",
    resourceAccesses: [{ id: "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", type: "Role" }],
  };
  const application = goodStack.find(({ type }) => type === types.application);
  const asked = application?.properties.requiredResourceAccesses as object[];
  return changed("sync-application", { requiredResourceAccesses: [...asked, roleManagement] });
}

/** Names of the resources that the stack's state holds, without the stack itself and its providers. */
async function stateTypes(project: JudgedProject): Promise<string[]> {
  const { stdout } = await project.pulumi("stack", "export");
  const { deployment } = JSON.parse(stdout) as {
    deployment: { resources?: { urn: string; type: string }[] };
  };
  return (deployment.resources ?? [])
    .filter(({ type }) => !type.startsWith("pulumi:"))
    .map(({ urn }) => urn.split("::").at(-1) ?? "");
}
