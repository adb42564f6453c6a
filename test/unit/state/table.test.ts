import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withMetricTable } from "../../../components/state/table";

describe("README.md of the state", () => {
  it("has the table that the metrics make (npx tsx components/state/generate.ts)", () => {
    const readme = readFileSync(join(__dirname, "../../../components/state/README.md"), "utf8");
    expect(withMetricTable(readme)).toBe(readme);
  });

  it("needs a place for it", () => {
    expect(() => withMetricTable("# State")).toThrow("no place for the table");
  });
});
