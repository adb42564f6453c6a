/** Writes the published JSON schema of lock files: `npx tsx components/permissions/lock/generate.ts`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockJsonSchema } from "./json-schema";

writeFileSync(join(__dirname, "lock-file.schema.json"), lockJsonSchema());
