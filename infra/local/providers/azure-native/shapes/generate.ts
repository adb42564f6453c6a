/**
 * Writes shapes.generated.ts: what the SDK's classes take and tell, read from the SDK that is installed.
 *
 *     npx tsx infra/local/providers/azure-native/shapes/generate.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { generatedShapes } from "./generated-text";

const sdk = dirname(require.resolve("@pulumi/azure-native/package.json"));
const read = (path: string) => readFileSync(join(sdk, path), "utf8");
writeFileSync(join(__dirname, "shapes.generated.ts"), generatedShapes(read));
