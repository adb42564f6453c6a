/** A git repository of its own in a temporary folder, with a Pulumi project whose stacks are locked and committed. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lockStacks } from "../../scripts/lib/review/lock-stacks";

/** Tenants of the stacks by name. */
const tenants: Readonly<Record<string, string>> = {
  contoso: "6f2c1d5e-3a4b-4c8d-9e0f-1a2b3c4d5e6f",
  fabrikam: "7a1d2e6f-4b5c-4d9e-8f10-2b3c4d5e6f70",
  tailspin: "8b2e3f70-5c6d-4eaf-9021-3c4d5e6f7081",
};

export class ReviewRepository {
  readonly folder = mkdtempSync(join(tmpdir(), "permission-review-"));

  constructor() {
    this.git("init", "--quiet", "--initial-branch", "main");
    this.write("Pulumi.yaml", "name: entra-connectors\nruntime: nodejs\n");
  }

  git(...args: readonly string[]): string {
    const identity = ["-c", "user.name=Reviewer", "-c", "user.email=reviewer@contoso.example"];
    const quiet = ["-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"];
    return execFileSync("git", [...identity, ...quiet, ...args], {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }

  write(file: string, text: string): void {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Writes a stack file: connector entries as YAML flow mappings, and the acknowledgements beside them. */
  stack(name: string, connectors: readonly object[], acknowledgements: readonly object[] = []): void {
    const settings = {
      config: {
        "entra-connectors:tenantId": tenants[name] ?? "contoso.example",
        "entra-connectors:connectors": connectors,
        "entra-connectors:acknowledgements": acknowledgements,
      },
    };
    this.write(`Pulumi.${name}.yaml`, JSON.stringify(settings, null, 2));
  }

  lock(): void {
    lockStacks({ directory: this.folder, write: true });
  }

  /** Locks all stacks and commits everything. */
  commit(message: string): string {
    this.lock();
    return this.commitAsIs(message);
  }

  commitAsIs(message: string): string {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message);
    return this.git("rev-parse", "HEAD");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
