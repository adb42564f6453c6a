/** Runs single steps of a workflow or pipeline file as their runners do, in a checkout made as theirs is. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const project = resolve(__dirname, "../..");

const step = z.object({
  name: z.string().optional(),
  displayName: z.string().optional(),
  run: z.string().optional(),
  bash: z.string().optional(),
  shell: z.string().optional(),
  env: z.record(z.string(), z.coerce.string()).default({}),
});
type Step = z.output<typeof step>;

const file = z.object({
  steps: z.array(step).default([]),
  jobs: z.record(z.string(), z.object({ steps: z.array(step) })).default({}),
});

/** How a step ended, and what it left for those after it. */
export interface StepResult {
  readonly code: number;
  readonly output: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** A pull request as a runner sees it: the merge of its branch into the base, with the history of all branches. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), "permission-review-checkout-"));

  constructor(origin: string, base: string, head: string) {
    this.git("clone", "--quiet", origin, ".");
    this.git("checkout", "--quiet", "--detach", `origin/${base}`);
    this.git("merge", "--quiet", "--no-ff", "-m", "Merge", `origin/${head}`);
    // The commands of this project, on the folder of that one.
    const cli = [createRequire(__filename).resolve("tsx/cli"), join(project, "scripts/cli.ts")];
    writeFileSync(
      join(this.folder, "cli.cjs"),
      `const { status } = require("node:child_process").spawnSync(process.execPath, [...${JSON.stringify(cli)}, ...process.argv.slice(2), "--cwd", __dirname], { stdio: "inherit" });\nprocess.exitCode = status ?? 1;\n`,
    );
    writeFileSync(
      join(this.folder, "package.json"),
      `{ "private": true, "scripts": { "cli": "node cli.cjs" } }\n`,
    );
  }

  git(...args: readonly string[]): string {
    const identity = [
      "-c",
      "user.name=Runner",
      "-c",
      "user.email=runner@contoso.example",
      "-c",
      "commit.gpgsign=false",
    ];
    return execFileSync("git", [...identity, ...args], { cwd: this.folder, encoding: "utf8" }).trim();
  }

  read(path: string): string | undefined {
    return existsSync(join(this.folder, path)) ? readFileSync(join(this.folder, path), "utf8") : undefined;
  }

  /** Runs the step of that name. `values` are those of its `env`; each of them must be given. */
  async run(path: string, name: string, values: Readonly<Record<string, string>>): Promise<StepResult> {
    const found = findStep(path, name);
    const missing = Object.keys(found.env).filter(
      (key) => values[key] === undefined && /\$[({]/.test(found.env[key] ?? ""),
    );
    if (missing.length > 0) throw new Error(`Values for ${missing.join(", ")} are missing.`);
    const own = mkdtempSync(join(tmpdir(), "permission-review-step-"));
    const outputs = join(own, "outputs");
    const summary = join(own, "summary");
    for (const one of [outputs, summary]) writeFileSync(one, "");
    const script = join(own, "script");
    writeFileSync(script, found.run ?? found.bash ?? "");
    try {
      const ended = await execute(interpreter(found), script, this.folder, {
        ...found.env,
        ...values,
        GITHUB_OUTPUT: outputs,
        GITHUB_STEP_SUMMARY: summary,
      });
      return {
        ...ended,
        outputs: pairsOf(readFileSync(outputs, "utf8")),
        summary: readFileSync(summary, "utf8"),
      };
    } finally {
      rmSync(own, { recursive: true, force: true });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function findStep(path: string, name: string): Step {
  const { steps, jobs } = file.parse(parse(readFileSync(join(project, path), "utf8")));
  const all = [...steps, ...Object.values(jobs).flatMap((job) => job.steps)];
  const found = all.find((one) => one.name === name || one.displayName === name);
  if (found === undefined) throw new Error(`${path} has no step "${name}".`);
  return found;
}

/** GitHub runs `shell: bash` with these options; Azure Pipelines sets none that matter. */
function interpreter({ shell, run }: Step): readonly [command: string, ...args: string[]] {
  if (shell === "node {0}") return [process.execPath];
  return run === undefined
    ? ["bash", "--noprofile", "--norc"]
    : ["bash", "--noprofile", "--norc", "-eo", "pipefail"];
}

function execute(
  [command, ...args]: readonly [string, ...string[]],
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done, failed) => {
    const { PATH = "", HOME = "" } = process.env;
    const child = spawn(command, [...args, script], { cwd, env: { PATH, HOME, ...env } });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
      });
    }
    child.once("error", failed);
    child.once("close", (code) => done({ code: code ?? 1, output }));
  });
}

function pairsOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}
