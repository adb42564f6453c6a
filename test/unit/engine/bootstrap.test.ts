import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectRoot } from "../../../infra/local/paths";

/** Stands for npm: counts its runs and "installs" the one package that the hand-over needs. */
const npm = `
const { appendFileSync, mkdirSync, symlinkSync } = require("node:fs");
appendFileSync("npm-runs", process.argv.slice(2).join(" ") + "\\n");
mkdirSync("node_modules", { recursive: true });
try { symlinkSync(${JSON.stringify(join(projectRoot(), "node_modules", "tsx"))}, "node_modules/tsx"); } catch {}
`;

/** Stands for the program: shows what it was given and ends with its own exit code. */
const start = `
const given: string[] = process.argv.slice(2);
console.log("started with", given.join(" "));
process.exitCode = 7;
`;

describe("bootstrap", () => {
  let root = "";
  const write = (name: string, content: string) => writeFileSync(join(root, name), content);
  const npmRuns = () => readFileSync(join(root, "npm-runs"), "utf8").trim().split("\n");

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "entra-connectors-bootstrap-"));
    mkdirSync(join(root, "scripts"));
    cpSync(join(projectRoot(), "scripts", "bootstrap.mjs"), join(root, "scripts", "bootstrap.mjs"));
    write("package.json", '{ "engines": { "node": ">=20.19" } }');
    write("package-lock.json", '{ "packages": { "": {}, "node_modules/tsx": { "version": "1.0.0" } } }');
    write("scripts/start.ts", start);
    write("npm.js", npm);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(...args: readonly string[]) {
    const { ENTRA_CONNECTORS_LOCAL: _local, ...environment } = process.env;
    return spawnSync(process.execPath, [join(root, "scripts", "bootstrap.mjs"), ...args], {
      encoding: "utf8",
      env: { ...environment, npm_execpath: join(root, "npm.js") },
    });
  }

  it("installs what is missing, hands over the arguments and passes the exit code on", () => {
    const { status, stderr, stdout } = run("start", "--one", "two");
    expect(stderr).toContain("✔ dependencies");
    expect(stdout).toBe("started with --one two\n");
    expect(status).toBe(7);
    expect(npmRuns()).toEqual(["ci --no-audit --no-fund"]);
  });

  it("installs again only when the lock file changed", () => {
    run("start");
    expect(run("start").stderr).toBe("");
    expect(npmRuns()).toHaveLength(1);
    write("package-lock.json", '{ "packages": { "": {}, "node_modules/tsx": { "version": "1.0.1" } } }');
    run("start");
    expect(npmRuns()).toHaveLength(2);
  });

  it("takes what somebody installed by hand, when it is what the lock file says", () => {
    run("start");
    rmSync(join(root, "node_modules", ".entra-connectors-dependencies"));
    const record = (version: string) =>
      write(
        "node_modules/.package-lock.json",
        JSON.stringify({ packages: { "node_modules/tsx": { version } } }),
      );
    record("1.0.0");
    run("start");
    expect(npmRuns()).toHaveLength(1);

    rmSync(join(root, "node_modules", ".entra-connectors-dependencies"));
    record("0.9.0");
    run("start");
    expect(npmRuns()).toHaveLength(2);
  });

  it("says why npm failed and where all of it stands", () => {
    write("npm.js", 'console.error("npm error code E503"); console.error("noise"); process.exit(1);');
    const { status, stderr, stdout } = run("start");
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain("npm error code E503");
    const log = /Full log: (.*)$/m.exec(stderr)?.[1] ?? "";
    expect(readFileSync(log, "utf8")).toContain("noise");
  });

  it("refuses an old Node.js in a sentence", () => {
    write("package.json", '{ "engines": { "node": ">=999.1" } }');
    const { status, stderr } = run("start");
    expect(status).toBe(1);
    expect(stderr).toMatch(/Node\.js .* is too old: 999\.1 or newer is needed\.\n {2}Install/);
  });

  it("refuses what it does not know", () => {
    const { status, stderr } = run("stop");
    expect(status).toBe(1);
    expect(stderr).toContain('There is no "stop" to run.');
  });
});
