import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stackSetting } from "../../../scripts/lib/stack/project";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "stack-file-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function setting(file: string): unknown {
  writeFileSync(join(directory, "Pulumi.test.yaml"), file);
  return stackSetting({ name: "test", directory }, "a:b");
}

test("reads one value of the stack's file", () => {
  expect(setting("config:\n  a:b: 1\n")).toBe(1);
  expect(setting("config: {}\n")).toBeUndefined();
  expect(setting("")).toBeUndefined();
});

test.each([
  ["no YAML", "config:\n  a:b: 1\n c: [\n", /Pulumi\.test\.yaml can't be read\. Line 3: [A-Z].*column\.$/],
  ["a stray value", "config:\n  a:b: 1\nsecret-value\n", /Line 3: (?!.*secret-value)/],
  ["no configuration", "config: 3\n", /can't be read\. config: is no group of settings/],
])("names the file and the place when it is %s", (_, file, message) => {
  expect(() => setting(file)).toThrow(message);
});

test("says why a stack file can't be read at all", () => {
  mkdirSync(join(directory, "Pulumi.test.yaml"));
  expect(() => stackSetting({ name: "test", directory }, "a:b")).toThrow(/can't be read: it is a folder\.$/);
  expect(() => stackSetting({ name: "none", directory }, "a:b")).toThrow(/can't be read: it is not there\.$/);
});
