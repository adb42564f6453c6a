import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../infra/local/paths";
import { eventually, isRunning } from "./engine/processes";

/** Starts the plugin from a parent that prints the plugin's pid and port, then ends when told to. */
const parentProgram = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, process.argv.slice(1), { stdio: ["ignore", "pipe", "inherit"] });
child.stdout.once("data", (port) => console.log(JSON.stringify({ pid: child.pid, port: Number(port) })));
process.stdin.once("data", () => process.exit(0));
`;

describe("a plugin's process", () => {
  const folder = mkdtempSync(join(tmpdir(), "entra-connectors-plugin-"));
  const bundle = join(folder, "azuread.cjs");

  beforeAll(async () => {
    const entry = join(projectRoot(), "infra", "local", "providers", "azuread", "main.ts");
    await build({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      target: "node20",
      outfile: bundle,
      logLevel: "error",
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["a local stand-in", () => [bundle]],
    [
      "our own, by Pulumi's loader",
      () => [
        require.resolve("@pulumi/pulumi/cmd/run-plugin"),
        join(projectRoot(), "components", "plugin"),
        "127.0.0.1:1",
      ],
    ],
  ])("%s prints its port, and ends with its parent", async (_, args) => {
    const parent = spawn(process.execPath, ["-e", parentProgram, ...args()], {
      cwd: join(projectRoot(), "infra"),
      stdio: ["pipe", "pipe", "inherit"],
    });
    const line = await new Promise<Buffer>((resolve) => parent.stdout.once("data", resolve));
    const { pid, port } = JSON.parse(line.toString()) as { pid: number; port: number };
    expect(port).toBeGreaterThan(0);
    expect(isRunning(pid)).toBe(true);
    parent.stdin.write("end\n");
    expect(await eventually(() => !isRunning(pid), 5000)).toBe(true);
  });
});
