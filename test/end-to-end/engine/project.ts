/** A Pulumi project in a temporary folder, run by the engine of this machine with a plugin of the tests. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPlugin } from "../../../infra/local/engine";
import { localEnvironment } from "../../../infra/local/environment";
import { projectRoot } from "../../../infra/local/paths";
import { pretendTenant } from "./pretended-tenant";

/** What a command said and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

const program = `
import * as pulumi from "@pulumi/pulumi";

class Note extends pulumi.CustomResource {
  declare readonly text: pulumi.Output<string>;
  constructor(name: string, text: pulumi.Input<string>) {
    super("note:index:Note", name, { text }, { version: "1.0.0" });
  }
}

const config = new pulumi.Config();
const note = new Note("first", config.get("text") ?? "hello");
const second = config.get("second");
if (second !== undefined) new Note("second", second);
export const text = note.id.apply((id) => \`\${id} in \${pulumi.getStack()}\`);
export const hidden = config.requireSecret("password");
`;

const policyPack = `
const { Config, getProject, getStack } = require("@pulumi/pulumi");
const { PolicyPack } = require("@pulumi/policy");

new PolicyPack("word-rules", {
  policies: [{
    name: "words",
    description: "Words that no note may hold.",
    enforcementLevel: "mandatory",
    configSchema: { properties: { forbidden: { type: "string" } } },
    validateResource: (resource, report) => {
      const { forbidden } = resource.getConfig();
      const text = new Config("notes").get("text");
      if (resource.props.text !== forbidden) return;
      report(getProject() + "/" + getStack() + " may not say " + forbidden + " (text is " + text + ")");
    },
  }],
});
`;

/** A project with one note; nothing of the checkout's own local folder is touched. */
export class TemporaryProject {
  readonly root = mkdtempSync(join(tmpdir(), "entra-connectors-engine-"));
  readonly notes = join(this.root, "notes");
  readonly local = join(this.root, "local");
  private environment: NodeJS.ProcessEnv = {};

  /** Writes the project, pretends that a tenant runs, installs the plugin and makes the stack `dev`. */
  async prepare(): Promise<void> {
    process.env.ENTRA_CONNECTORS_LOCAL = this.local;
    this.writeFiles();
    await installPlugin({
      name: "note",
      version: "1.0.0",
      entry: join(projectRoot(), "test", "end-to-end", "engine", "note-plugin.ts"),
    });
    this.environment = { ...process.env, ...(await localEnvironment()), NOTE_DIRECTORY: this.notes };
    await this.pulumi("stack", "init", "dev");
    await this.pulumi("config", "set", "--secret", "password", "a secret of the test");
  }

  private writeFiles(): void {
    for (const folder of ["infra", "notes"]) mkdirSync(join(this.root, folder), { recursive: true });
    symlinkSync(join(projectRoot(), "node_modules"), join(this.root, "node_modules"));
    cpSync(join(projectRoot(), "infra", "tsconfig.json"), join(this.root, "infra", "tsconfig.json"));
    this.write("Pulumi.yaml", "name: notes\nruntime: nodejs\nmain: infra/\n");
    this.write("package.json", '{ "name": "notes", "main": "infra/index.ts" }');
    this.write("infra/index.ts", program);
    pretendTenant(this.local);
  }

  /** Writes a policy pack with one rule about words; answers its folder. */
  writePolicyPack(source = policyPack): string {
    const pack = mkdtempSync(join(this.root, "pack-"));
    symlinkSync(join(projectRoot(), "node_modules"), join(pack, "node_modules"));
    writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nversion: 0.0.1\n");
    writeFileSync(
      join(pack, "package.json"),
      '{ "name": "word-rules", "version": "0.0.1", "main": "index.js" }',
    );
    writeFileSync(join(pack, "index.js"), source);
    return pack;
  }

  /** Writes a file of the project. */
  private write(path: string, content: string): void {
    writeFileSync(join(this.root, path), content);
  }

  /** Starts `pulumi` with these arguments and leaves it running. */
  startPulumi(...args: readonly string[]): ChildProcess {
    return spawn("pulumi", [...args, "--non-interactive"], {
      cwd: this.root,
      env: this.environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs `pulumi` to its end. */
  pulumi(...args: readonly string[]): Promise<CommandResult> {
    return ended(this.startPulumi(...args));
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Collects what a process says until it ends. */
export function ended(child: ChildProcess): Promise<CommandResult> {
  let stdout = "";
  let output = "";
  child.stdout?.on("data", (bytes) => {
    stdout += bytes;
    output += bytes;
  });
  child.stderr?.on("data", (bytes) => {
    output += bytes;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, output }));
  });
}
