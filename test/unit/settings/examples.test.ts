import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { projectRoot } from "../../../infra/local/paths";
import { settingsFromStackFile } from "../../../infra/settings";
import { collectorSchema } from "../../../infra/settings/collector";
import { parse } from "./parse";

function textOf(example: string): string {
  return readFileSync(join(projectRoot(), "components/collector/examples", `${example}.yaml`), "utf8");
}

function parseExample(example: string) {
  const now = new Date("2026-11-21T00:00:00Z");
  return parse(settingsFromStackFile(textOf(example), `${example}.yaml`), { stack: example, now });
}

/** What the file says below `collector`, before defaults. */
function written(example: string): Readonly<Record<string, unknown>> {
  return parseYaml(textOf(example)).config["entra-connectors:collector"];
}

it.each([
  ["minimal", { collector: ["directory"] }],
  ["max", { collector: ["directory"], provisioner: ["conductorone"] }],
  ["hardened", { collector: ["directory"] }],
])("%s is a good stack file without a warning", (example, served) => {
  const { collector, warnings } = parseExample(example);
  expect(warnings.filter((warning) => !warning.includes("P1 or P2"))).toEqual([]);
  expect(
    Object.fromEntries(
      (collector?.apps ?? []).map(({ name, serves }) => [name, serves.map(({ slug }) => slug)]),
    ),
  ).toEqual(served);
});

test("minimal says nothing but that there is a collector", () => {
  expect(written("minimal")).toEqual({});
});

test("max has every setting, and none at its default but codePush, which a network needs said", () => {
  const settings = written("max");
  expect(Object.keys(settings).sort()).toEqual(Object.keys(collectorSchema.shape).sort());
  const defaults: Readonly<Record<string, unknown>> = collectorSchema.parse({});
  for (const [name, value] of Object.entries(settings)) expect(value, name).not.toEqual(defaults[name]);
});

test("hardened opens nothing", () => {
  expect(parseExample("hardened").collector).toMatchObject({
    network: { addressSpace: "10.90.0.0/24" },
    deployerIpRanges: [],
    codePush: "external",
    lock: true,
  });
});
