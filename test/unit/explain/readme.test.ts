import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../../../infra/local/paths";
import { fillPart } from "../../../scripts/readme/fill";
import { profileTable } from "../../../scripts/readme/profile-table";

test("the README's table of profiles is what the profiles say (npx tsx scripts/readme/generate.ts)", () => {
  const readme = readFileSync(join(projectRoot(), "README.md"), "utf8");
  expect(fillPart(readme, "profiles", profileTable())).toBe(readme);
});

test("a part without its marks is refused", () => {
  expect(() => fillPart("# Text", "profiles", "x")).toThrow("<!-- profiles:begin -->");
  expect(() => fillPart("<!-- a:end --><!-- a:begin -->", "a", "x")).toThrow();
});
