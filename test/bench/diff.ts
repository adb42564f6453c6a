/**
 * How long a review of 300 stacks takes, from a git repository to the comment, and planning them:
 * `npx tsx test/bench/diff.ts`. Budget: review under 2 s in the process, plan under 1 s.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { lockText } from "../../components/permissions/lock/canonical";
import { lockOf } from "../../components/permissions/lock/lock-of";
import { plan } from "../../components/permissions/plan";
import { parseSettings } from "../../infra/settings";
import { createReview } from "../../scripts/lib/review/create-review";
import { reviewMarkdown } from "../../scripts/lib/review/markdown";
import { lockPath } from "../../scripts/lib/review/names";

const stacks = 300;
const folder = mkdtempSync(join(tmpdir(), "bench-diff-"));

function main(): void {
  git("init", "--quiet", "--initial-branch", "main");
  write("read-only", "same");
  commit("before");
  const same = git("rev-parse", "HEAD");
  const planned = write("read-write", "same");
  commit("the same change everywhere");
  const changed = git("rev-parse", "HEAD");
  write("read-write", "different");
  commit("another name everywhere");
  print(`plan, ${stacks} stacks of 2 connectors`, planned);
  review(`review, ${stacks} stacks that change alike`, same, changed);
  review(`review, ${stacks} stacks that change differently`, same, "HEAD");
  rmSync(folder, { recursive: true });
}

function review(what: string, base: string, head: string): void {
  const start = performance.now();
  const used = process.cpuUsage();
  const made = createReview({ base, head, directory: folder, label: "approved", now: new Date() });
  const created = performance.now() - start;
  const comment = reviewMarkdown(made);
  print(what, performance.now() - start);
  print("  of which this process computed", process.cpuUsage(used).user / 1000);
  print("  of which the comment", performance.now() - start - created);
  process.stdout.write(`  ${made.lines.length} lines, comment of ${comment.length} characters\n`);
}

/** Writes the lock files of all stacks; answers how long planning took. */
function write(access: string, names: "same" | "different"): number {
  let planned = 0;
  mkdirSync(join(folder, "infra/permissions"), { recursive: true });
  for (let index = 0; index < stacks; index++) {
    const name = names === "same" ? "ConductorOne" : `ConductorOne ${index}`;
    const settings = settingsOf(index, name, access);
    const start = performance.now();
    const manifest = plan(settings);
    planned += performance.now() - start;
    writeFileSync(join(folder, lockPath(`stack-${index}`)), lockText(lockOf(manifest)));
  }
  return planned;
}

function settingsOf(index: number, name: string, access: string) {
  const number = String(index).padStart(12, "0");
  const raw = {
    tenantId: `6f2c1d5e-3a4b-4c8d-9e0f-${number}`,
    connectors: [
      { profile: "netwrix-identity-manager", name: "Identity Manager", access },
      { profile: "conductorone", name, access, anchor: "2026-01-01" },
    ],
  };
  const fileReader = () => new Uint8Array();
  return parseSettings(raw, {
    stack: "bench",
    now: new Date("2026-06-01"),
    unacknowledged: "warn",
    fileReader,
  });
}

function commit(message: string): void {
  git("add", "--all");
  git("-c", "user.name=Bench", "-c", "user.email=bench@contoso.example", "commit", "--quiet", "-m", message);
}

function git(...args: readonly string[]): string {
  return execFileSync("git", [...args], { cwd: folder, encoding: "utf8" }).trim();
}

function print(what: string, milliseconds: number): void {
  process.stdout.write(`${what.padEnd(46)} ${milliseconds.toFixed(0).padStart(6)} ms\n`);
}

main();
