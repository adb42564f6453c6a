/** Writes the rule table of README.md anew: npx tsx policies/generate.ts */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withRuleTable } from "./table";

const file = join(__dirname, "README.md");
writeFileSync(file, withRuleTable(readFileSync(file, "utf8")));
