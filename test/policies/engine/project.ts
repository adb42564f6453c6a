/** A project whose resources are written down as data, judged by the real pack in the real engine. */

import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { installPlugin } from "../../../infra/local/engine";
import { localEnvironment } from "../../../infra/local/environment";
import { projectRoot } from "../../../infra/local/paths";
import { pretendTenant } from "../../end-to-end/engine/pretended-tenant";
import { ended } from "../../end-to-end/engine/project";
import { program } from "./program";

/** A resource of the project. A value `{ output: "name.id" }` is another one's id, unknown at the preview. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly parent?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** What a policy said. */
interface Said {
  readonly policy: string;
  readonly message: string;
  readonly level: string;
}

/** What a run came to. */
export interface Judged {
  readonly code: number | null;
  readonly output: string;
  readonly said: readonly Said[];
  /** Names of rules that found nothing wrong with something that they are about. */
  readonly passed: ReadonlySet<string>;
}

interface EngineEvent {
  readonly policyEvent?: { policyName: string; message: string; enforcementLevel: string };
  readonly policyAnalyzeSummaryEvent?: { passed?: string[] };
  readonly policyAnalyzeStackSummaryEvent?: { passed?: string[] };
}

export class JudgedProject {
  readonly root = mkdtempSync(join(tmpdir(), "entra-connectors-policies-"));
  private environment: NodeJS.ProcessEnv = {};
  /** What `stack init` wrote into the stack's file. */
  private encryption: object = {};

  async prepare(): Promise<void> {
    const local = join(this.root, "local");
    process.env.ENTRA_CONNECTORS_LOCAL = local;
    mkdirSync(join(this.root, "locks"));
    symlinkSync(join(projectRoot(), "node_modules"), join(this.root, "node_modules"));
    this.write("Pulumi.yaml", "name: judged\nruntime: { name: nodejs, options: { typescript: false } }\n");
    this.write("package.json", '{ "name": "judged", "main": "index.js" }');
    this.write("index.js", program);
    pretendTenant(local);
    const entry = join(projectRoot(), "test", "policies", "engine", "echo-plugin.ts");
    for (const name of ["azuread", "azure-native"]) await installPlugin({ name, version: "1.0.0", entry });
    // Without it the engine keeps its flag for event logs to itself.
    const debugging = { PULUMI_DEBUG_COMMANDS: "true" };
    this.environment = { ...process.env, ...(await localEnvironment()), ...debugging };
    await this.pulumi("stack", "init", "dev");
    this.encryption = parse(readFileSync(join(this.root, "Pulumi.dev.yaml"), "utf8"));
  }

  /** Writes what the stack declares and its settings below `entra-connectors:`. */
  declare(resources: readonly Declared[], settings: Readonly<Record<string, unknown>> = {}): void {
    this.write("resources.json", JSON.stringify(resources));
    const config = Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [`entra-connectors:${key}`, value]),
    );
    this.write("Pulumi.dev.yaml", stringify({ config, ...this.encryption }));
  }

  /** Folder of the project's lock files, as the pack is told. */
  get locks(): string {
    return join(this.root, "locks");
  }

  write(path: string, content: string): void {
    writeFileSync(join(this.root, path), content);
  }

  /** Runs `pulumi <command>` with the pack; the lock files are the project's own. */
  async judge(command: "preview" | "up", config: Readonly<Record<string, unknown>> = {}): Promise<Judged> {
    const events = join(this.root, "events.json");
    rmSync(events, { force: true });
    const all = { "locked-permissions": { lockDirectory: this.locks }, ...config };
    this.write("pack.json", JSON.stringify(all));
    const { code, output } = await this.pulumi(
      command,
      ...(command === "up" ? ["--yes"] : []),
      ...[
        "--policy-pack",
        join(projectRoot(), "policies"),
        "--policy-pack-config",
        join(this.root, "pack.json"),
      ],
      ...["--event-log", events],
    );
    if (!existsSync(events)) throw new Error(`the engine did not run: ${output}`);
    return { code, output, ...readEvents(events) };
  }

  pulumi(...args: readonly string[]) {
    const options = { cwd: this.root, env: this.environment, stdio: ["ignore", "pipe", "pipe"] } as const;
    return ended(spawn("pulumi", [...args, "--non-interactive"], { ...options, stdio: [...options.stdio] }));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function readEvents(file: string): Pick<Judged, "said" | "passed"> {
  const events = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as EngineEvent);
  return {
    said: events.flatMap(({ policyEvent: one }) =>
      one === undefined
        ? []
        : [{ policy: one.policyName, message: one.message, level: one.enforcementLevel }],
    ),
    passed: new Set(
      events.flatMap(
        (one) => one.policyAnalyzeSummaryEvent?.passed ?? one.policyAnalyzeStackSummaryEvent?.passed ?? [],
      ),
    ),
  };
}
