/**
 * `npm start` and `npm test` on a machine that has nothing but Node.js and npm: checks the version, installs the
 * dependencies when they are missing or older than the lock file, and hands over to TypeScript. The one file that is
 * not TypeScript, because it runs before anything is installed; it uses Node.js alone.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const programs = { start: "scripts/start.ts", test: "scripts/test.ts" };
const modules = join(root, "node_modules");
const stamp = join(modules, ".entra-connectors-dependencies");

/** Ends the process with a sentence: what is wrong, what to do next. */
function fail(problem, next) {
  process.stderr.write(`${problem}\n  ${next}\n`);
  process.exit(1);
}

function checkNode() {
  const needed = readJson(join(root, "package.json")).engines.node.replace(">=", "");
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [neededMajor, neededMinor] = needed.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return;
  fail(
    `Node.js ${process.versions.node} is too old: ${needed} or newer is needed.`,
    "Install a current version from https://nodejs.org/, then run the same command again.",
  );
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function readJsonOrNothing(path) {
  try {
    return readJson(path);
  } catch {
    return undefined;
  }
}

/** What the installed dependencies depend on: the lock file, and the machine for packages with native parts. */
function wantedStamp() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return `${lock} ${process.platform}-${process.arch} node-${process.versions.modules}\n`;
}

function hasStamp() {
  try {
    return readFileSync(stamp, "utf8") === wantedStamp();
  } catch {
    return false;
  }
}

/** Somebody ran `npm ci` by hand: npm's own record then names every package of the lock file that is not optional. */
function installedByHand() {
  const installed = readJsonOrNothing(join(modules, ".package-lock.json"))?.packages;
  const locked = readJson(join(root, "package-lock.json")).packages;
  if (installed === undefined) return false;
  return Object.entries(locked).every(
    ([path, { version, optional, devOptional }]) =>
      path === "" || optional || devOptional || installed[path]?.version === version,
  );
}

async function ensureDependencies() {
  if (hasStamp()) return;
  if (!installedByHand()) await installDependencies();
  writeFileSync(stamp, wantedStamp());
}

async function installDependencies() {
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  const progress = showProgress(() => `dependencies          npm ci · ${seconds()} s`);
  const { code, output } = await runNpm(["ci", "--no-audit", "--no-fund"]);
  progress.end();
  if (code !== 0) failInstallation(output);
  process.stderr.write(`✔ dependencies          ${seconds()} s\n`);
}

/** One redrawn line on a terminal; elsewhere a line at the start and every fifteen seconds. */
function showProgress(line) {
  const terminal = process.stderr.isTTY === true;
  const say = () => process.stderr.write(terminal ? `\r\x1b[2K… ${line()}` : `… ${line()}\n`);
  say();
  const timer = setInterval(say, terminal ? 1_000 : 15_000);
  return {
    end() {
      clearInterval(timer);
      if (terminal) process.stderr.write("\r\x1b[2K");
    },
  };
}

/** The npm that runs this script, else the one on PATH; its output is kept, for it is worth reading only after a failure. */
function runNpm(args) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith(".js") ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve) => {
    const child = spawn(command, [...first, ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: command === "npm" && process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (bytes) => {
        output += bytes;
      });
    }
    child.once("error", (error) => resolve({ code: 1, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

function failInstallation(output) {
  const logs = join(process.env.ENTRA_CONNECTORS_LOCAL ?? join(root, ".local"), "logs");
  const log = join(logs, "npm-ci.log");
  mkdirSync(logs, { recursive: true });
  writeFileSync(log, output);
  const lines = output.split("\n").filter((line) => line.startsWith("npm error"));
  const next = output.includes("EUSAGE")
    ? "package.json and package-lock.json don't fit each other: put the lock file right with npm install."
    : "Check that the npm registry can be reached (npm ping), then run the same command again.";
  fail(`✖ dependencies          npm ci failed\n${lines.slice(0, 4).join("\n")}`, `${next} Full log: ${log}`);
}

/** Runs the TypeScript program in this one's place: same streams, same signals, same exit code. */
function handOver(script, args) {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, script), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl+C to both; the child decides what it means.
  process.on("SIGINT", () => {});
  child.once("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}

const [name, ...args] = process.argv.slice(2);
const script = programs[name];
if (script === undefined) fail(`There is no "${name ?? ""}" to run.`, "Use: npm start, or npm test");
checkNode();
await ensureDependencies();
handOver(script, args);
