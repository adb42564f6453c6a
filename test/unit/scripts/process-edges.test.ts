import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";

/** Runs a line of a shell in the project, and the command line as a person does. */
function shell(line: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cli = `"${process.execPath}" --import tsx "${join("scripts", "cli.ts")}"`;
  const child = spawn("bash", ["-c", line.replaceAll("cli", cli)], { cwd: projectRoot() });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes) => {
    stdout += bytes;
  });
  child.stderr.on("data", (bytes) => {
    stderr += bytes;
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout, stderr })));
}

describe("the command line at the edges of its process", () => {
  it("ends well when its reader has read enough", async () => {
    const { code, stdout, stderr } = await shell("set -o pipefail; cli permissions list --json | head -c 1");
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "[", stderr: "" });
  });

  it("ends with its own exit code when nobody reads what went wrong", async () => {
    const { code } = await shell("set -o pipefail; cli up --stack nope 2>&1 | true");
    expect(code).toBe(1);
  });

  it.skipIf(process.platform !== "linux")("says that its output can't be written", async () => {
    const { code, stderr } = await shell("cli permissions list > /dev/full");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The output can't be written: ENOSPC.*\n$/);
  });
});
