import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";
import { PackConfigError, parsePackConfig } from "../../../policies/config";
import { toPolicy } from "../../../policies/harness/policy";
import { rules } from "../../../policies/rules";
import { withRuleTable } from "../../../policies/table";
import { plainSettings } from "./cases/case";

const policies = join(projectRoot(), "policies");
const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));

function problemsOf(raw: unknown): readonly string[] {
  try {
    parsePackConfig(raw);
    return [];
  } catch (error) {
    if (error instanceof PackConfigError) return error.problems;
    throw error;
  }
}

describe("the pack's configuration", () => {
  it("takes levels and each rule's own settings", () => {
    const config = {
      all: "advisory",
      "tier0-app-role": "mandatory",
      "secret-lifetime": { enforcementLevel: "advisory", days: 90 },
      "maximum-tier": { tier: "T1" },
    };
    expect(parsePackConfig(config)).toBe(config);
  });

  it.each([
    [
      { "tier0-app-rol": "advisory" },
      ['tier0-app-rol: there is no such rule. Did you mean "tier0-app-role"?'],
    ],
    [{ "secret-lifetime": { days: "x" } }, [expect.stringMatching(/^secret-lifetime\.days: /)]],
    [{ "secret-lifetime": { day: 3 } }, ["secret-lifetime.day: the rule has no such setting."]],
    [{ "vault-rbac": "strict" }, [expect.stringMatching(/^vault-rbac: /)]],
    [{ "maximum-tier": { tier: "T9" } }, [expect.stringMatching(/^maximum-tier\.tier: /)]],
    [{ all: { days: 1 } }, [expect.stringMatching(/^all/), expect.stringMatching(/^all/)]],
    [[], ["the file: must be a group of settings by rule."]],
    [null, ["the file: must be a group of settings by rule."]],
  ])("refuses %j", (raw, problems) => {
    expect(problemsOf(raw)).toEqual(problems);
  });

  it("is refused or taken, whatever it is, and nothing else happens", () => {
    const names = fc.oneof(fc.constantFrom(...rules.map(({ id }) => id), "all"), fc.string());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(names, fc.jsonValue())), (raw) => {
        expect(Array.isArray(problemsOf(raw))).toBe(true);
      }),
    );
  });
});

describe("the pack", () => {
  it("has a README whose table is that of the rules (npx tsx policies/generate.ts)", () => {
    const readme = readFileSync(join(policies, "README.md"), "utf8");
    expect(withRuleTable(readme)).toBe(readme);
  });

  it("asks for the same SDKs as the project, and is of one version", () => {
    const own = readJson(join(policies, "package.json"));
    const { dependencies } = readJson(join(projectRoot(), "package.json"));
    for (const [name, version] of Object.entries(own.dependencies)) expect(dependencies[name]).toBe(version);
    expect(readFileSync(join(policies, "PulumiPolicy.yaml"), "utf8")).toContain(`version: ${own.version}`);
  });

  it("tells the engine the types of its rules' settings", () => {
    const policy = rules
      .map((rule) => toPolicy(rule, plainSettings))
      .find(({ name }) => name === "secret-lifetime");
    expect(policy?.configSchema?.properties.days).toMatchObject({ type: "integer", default: 180 });
  });
});
