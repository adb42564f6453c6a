/** `tenant …` as it is typed: output, JSON, exit codes and what errors say. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const local = mkdtempSync(join(tmpdir(), "tenant-command-"));
const root = resolve(__dirname, "..", "..");

function tenant(...words: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, ENTRA_CONNECTORS_LOCAL: local, ENTRA_CONNECTORS_TENANT_PORT: "0" };
  const command = ["--import", "tsx", join(root, "scripts", "cli.ts"), "tenant", ...words];
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === "number" ? error.code : error ? 1 : 0, stdout, stderr });
    });
  });
}

const json = async (...words: readonly string[]) => {
  const { code, stderr, stdout } = await tenant(...words, "--json");
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as Record<string, unknown>;
};

beforeAll(async () => {
  const status = await tenant("status");
  expect(status).toMatchObject({ code: 3 });
  expect(status.stdout).toContain("tenant start");
  expect(await tenant("clock", "advance", "1d")).toMatchObject({ code: 1, stdout: "" });
  expect(await json("start")).toMatchObject({ alreadyRunning: false });
});
afterAll(async () => {
  await tenant("stop");
  rmSync(local, { recursive: true });
});

test("start finds it running; status says where it is and what is in it", async () => {
  expect(await json("start")).toMatchObject({ alreadyRunning: true });
  expect(await json("status")).toMatchObject({
    domain: "contoso.example",
    objects: { users: 300, groups: 40 },
  });
  const { stdout } = await tenant("status");
  expect(stdout).toMatch(/Deployer +[0-9a-f-]{36}/);
});

test("seed adds people, clock and faults are steered, reset undoes all", async () => {
  expect(await json("seed", "--users", "10", "--groups", "2", "--seed", "7")).toMatchObject({ users: 310 });
  expect(await json("clock", "advance", "30d")).toMatchObject({ offset: 30 * 86_400_000 });
  expect(
    await json("fault", "add", "--service", "graph", "--status", "429", "--retry-after", "5", "--times", "3"),
  ).toEqual({ id: expect.any(String), service: "graph", status: 429, retryAfter: "5", remaining: 3 });
  expect((await tenant("fault", "list")).stdout).toContain("answers 429, Retry-After 5");
  expect(await json("fault", "clear")).toEqual({ cleared: 1 });
  await json("reset");
  expect(await json("status")).toMatchObject({ objects: { users: 300 }, clock: { offset: 0 } });
});

test("churn changes the directory, an edition is chosen, budgets and latency are switched while it runs", async () => {
  const counts = await json("churn", "--changes", "40", "--seed", "2");
  expect(Object.values(counts).reduce((sum: number, count) => sum + Number(count), 0)).toBe(40);
  expect(await json("edition", "Free")).toEqual({ edition: "Free" });
  await json("start", "--no-throttling", "--latency", "20ms");
  expect(await json("status")).toMatchObject({ conditions: { throttling: false, latency: 20 } });
  await json("start", "--throttling", "--latency", "0ms");
  expect(await json("status")).toMatchObject({ conditions: { throttling: true, latency: 0 } });
});

test.each([
  [["start", "--port", "99999"], "from 0 to 65535"],
  [["clock", "advance", "soon"], "such as 90s"],
  [["fault", "add", "--service", "graph"], "--status, --drop, --delay or --reply"],
  [["fault", "add", "--service", "graph", "--status", "503", "--path", "("], "regular expression"],
  [["fault", "add", "--status", "503"], "--service"],
  [["seed", "--users", "many"], "whole number"],
  [["edition", "P3"], "Free, P1, P2"],
  [["statu"], "status"],
])("%j is refused and says what to give", async (words, hint) => {
  const { code, stderr } = await tenant(...words);
  expect(code).toBe(1);
  expect(stderr).toContain(hint);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("help shows examples", async () => {
  expect((await tenant("--help")).stdout).toContain("tenant fault add --service graph");
  expect((await tenant("fault", "add", "--help")).stdout).toContain("--retry-after");
});
