/**
 * Writes the table of metrics of README.md anew: npx tsx components/state/generate.ts. With --check it writes nothing and
 * fails when the table is another one.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withMetricTable } from "./table";

const file = join(__dirname, "README.md");
const there = readFileSync(file, "utf8");
const made = withMetricTable(there);
if (!process.argv.includes("--check")) writeFileSync(file, made);
else if (made !== there) {
  console.error(
    "components/state/README.md is not what the metrics say. Run: npx tsx components/state/generate.ts",
  );
  process.exitCode = 1;
}
