/** Writes the generated parts of the README; with `--check` says whether they are fresh. Run: npx tsx scripts/readme/generate.ts */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fillPart } from "./fill";
import { profileTable } from "./profile-table";

const path = join(__dirname, "..", "..", "README.md");
const before = readFileSync(path, "utf8");
const after = fillPart(before, "profiles", profileTable());

if (process.argv.includes("--check")) {
  if (after !== before) {
    process.stderr.write(
      "The README's table of profiles is stale. Write it: npx tsx scripts/readme/generate.ts\n",
    );
    process.exitCode = 1;
  }
} else writeFileSync(path, after);
