/** The components as other Pulumi languages would see them: what can't be expressed in a schema fails here. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import { afterAll, expect, it } from "vitest";
import * as components from "../../components";

const root = resolve(__dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "component-schema-"));

afterAll(() => rmSync(folder, { recursive: true }));

it("can be used from every Pulumi language", { timeout: 60_000 }, async () => {
  const main = join(root, "components/index.ts");
  const compilerOptions = {
    module: "nodenext",
    moduleResolution: "nodenext",
    target: "ES2022",
    skipLibCheck: true,
    typeRoots: [join(root, "node_modules/@types")],
    types: ["node"],
  };
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "entra-connectors", version: "0.0.0", main }),
  );
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [main] }));

  const provider = new ComponentProvider({
    name: "entra-connectors",
    dirname: folder,
    components: Object.values(components).filter((value) => typeof value === "function"),
  });

  const schema: unknown = JSON.parse(await provider.getSchema());
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot("schema.snap");
});
