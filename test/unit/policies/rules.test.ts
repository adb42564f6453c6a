import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";
import type { Outcome } from "../../../policies/harness/outcome";
import { rules } from "../../../policies/rules";
import { azureExamples } from "./cases/azure";
import { judge, type RuleExamples } from "./cases/case";
import { collectorExamples } from "./cases/collector";
import { credentialExamples } from "./cases/credentials";
import { directoryRoleExamples } from "./cases/directory-roles";
import { permissionExamples } from "./cases/permissions";
import { registrationExamples } from "./cases/registration";
import { resource } from "./resources";

const examples: Readonly<Record<string, RuleExamples>> = {
  ...permissionExamples,
  ...registrationExamples,
  ...credentialExamples,
  ...directoryRoleExamples,
  ...azureExamples,
  ...collectorExamples,
};
/** Its examples are lock files: see locked-permissions.test.ts. */
const elsewhere = "locked-permissions";

function culprits(outcome: Outcome): readonly string[] {
  return outcome.kind === "non-compliant" ? outcome.findings.map(({ culprit }) => culprit) : [];
}

describe.each(Object.entries(examples))(
  "%s",
  (id, { compliant, nonCompliant, notApplicable = {}, unknown = {} }) => {
    it.each(Object.entries(compliant))("accepts: %s", (_, example) => {
      expect(judge(id, example)).toEqual({ kind: "compliant" });
    });

    it.each(Object.entries(nonCompliant))("refuses: %s", (_, example) => {
      expect(culprits(judge(id, example))).toEqual(example.culprits);
    });

    it.each(Object.entries(notApplicable))("says nothing: %s", (_, example) => {
      expect(judge(id, example).kind).toBe("not-applicable");
    });

    it.each(Object.entries(unknown))("does not pass what it can't know: %s", (_, example) => {
      expect(culprits(judge(id, example))).toEqual([`${example.property} unknown`]);
    });
  },
);

describe("every rule", () => {
  it("has a file of its name and examples", () => {
    const files = readdirSync(join(projectRoot(), "policies", "rules")).filter((file) => file !== "index.ts");
    const ids = rules.map(({ id }) => id);
    expect(files.map((file) => file.replace(/\.ts$/, "")).sort()).toEqual([...ids].sort());
    expect([...Object.keys(examples), elsewhere].sort()).toEqual([...ids].sort());
  });

  it.each(rules.filter((rule) => rule.kind === "resource"))(
    "$id says nothing about another type",
    ({ id }) => {
      const other = resource("random:index/randomPet:RandomPet", {});
      expect(judge(id, { resources: [other] }).kind).toBe("not-applicable");
    },
  );

  it.each(rules)("$id speaks in whole sentences", ({ title, cause, explanation, remediation }) => {
    expect(title).toMatch(/[^.]$/);
    for (const text of [cause, explanation, remediation]) expect(text).toMatch(/^[A-Za-z].*[.]$/);
  });
});
