import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StreamStatus } from "../../components/collector/function/model/status";
import { streamNames } from "../../components/collector/function/model/stream-names";
import { openFolderStore } from "../../components/collector/function/storage/folder-store";
import { projectRoot } from "../../infra/local/paths";
import { AdminClient } from "../../infra/local/tenant/process";
import { ended, Lab, type Said } from "../faults/lab";

interface Collected {
  readonly where: string;
  readonly streams: readonly StreamStatus[];
}

const inDev = ["--stack", "dev"] as const;
const collector = "collector-contoso";
const product = "identity-manager-contoso";

/** The dev stack's collector, driven as a person drives it. */
describe("collect", () => {
  const lab = new Lab();
  const folder = join(lab.root, "collected");

  beforeAll(async () => {
    await lab.prepare();
    copyFileSync(join(projectRoot(), "Pulumi.dev.yaml"), join(lab.root, "Pulumi.dev.yaml"));
    await lab.succeed("up", ...inDev, "--skip-preview");
  });
  afterAll(() => lab.remove());

  async function collect(exitCode: number, ...args: readonly string[]): Promise<Collected> {
    const { code, stdout, stderr } = await lab.cli("collect", ...args, ...inDev, "--json");
    if (code !== exitCode)
      throw new Error(`collect ${args.join(" ")} ended with ${code}:\n${stderr}\n${stdout}`);
    return JSON.parse(stdout) as Collected;
  }

  const keysOf = (streams: readonly StreamStatus[]): string[] =>
    streams.map(({ connector, stream }) => `${connector}/${stream}`).sort();

  describe("in the deployed function app", () => {
    it("has nothing to show before the first run", async () => {
      expect(await lab.succeed("collect", "status", "--deployed", ...inDev)).toContain(
        "No stream has been collected yet.",
      );
    });

    it("tests the connection that only the collector has by one small stream", async () => {
      const text = await lab.succeed("test-connection", collector, ...inDev);
      expect(text).toMatch(/Collector Contoso\s+federated\s+7 of 7\s+1 of \d+ tried works?\s+Connected/);
    });

    it("runs every stream of every entry that is read, and says what the tenant does not show", async () => {
      const { where, streams } = await collect(3, "--deployed");
      expect(where).toBe("function app");
      const ofCollector = streams.filter(({ connector }) => connector === collector);
      expect(ofCollector.map(({ stream }) => stream).sort()).toEqual([...streamNames].sort());
      expect(streams.filter(({ connector }) => connector === product).length).toBeGreaterThan(3);
      expect(streams.filter(({ connector }) => connector === "conductorone")).toEqual([]);
      for (const { stream, state, problem } of streams) {
        const expected = stream === "administrative-units" ? "degraded" : "connected";
        expect(`${stream} ${state} ${problem?.code ?? ""}`).toMatch(`${stream} ${expected}`);
      }
      const users = ofCollector.find(({ stream }) => stream === "users");
      expect(users?.run?.records).toBe((await truth("users")).length);
    });

    it("makes an increment the second time, of one stream when one is asked for", async () => {
      const { streams } = await collect(0, collector, "--deployed", "-s", "users", "-s", "groups");
      expect(keysOf(streams)).toEqual([`${collector}/groups`, `${collector}/users`]);
      for (const { run } of streams)
        expect(run).toMatchObject({ kind: "increment", records: 0, requests: 1 });
    });

    it("purges what is named and nothing else", async () => {
      const refused = await lab.cli("collect", "purge", collector, "-s", "users", "--deployed", ...inDev);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain("Add --yes to delete without a question.");
      const purged = JSON.parse(
        await lab.succeed(
          "collect",
          "purge",
          collector,
          "-s",
          "users",
          "--deployed",
          "--yes",
          "--json",
          ...inDev,
        ),
      ) as { connector: string; stream: string; blobs: number }[];
      expect(purged).toEqual([
        { connector: collector, stream: "users", blobs: expect.any(Number), busy: false },
      ]);
      const { code, stdout } = await lab.cli("collect", "status", "--deployed", "--json", ...inDev);
      expect(code).toBe(3);
      const left = keysOf(JSON.parse(stdout) as StreamStatus[]);
      expect(left).not.toContain(`${collector}/users`);
      expect(left).toContain(`${product}/users`);
      expect((await collect(0, collector, "--deployed", "-s", "users")).streams[0]?.run?.kind).toBe("full");
    });
  });

  describe("on this machine", () => {
    it("refuses a connector whose credential is the function app's alone", async () => {
      const { code, stderr } = await lab.cli("collect", collector, ...inDev);
      expect(code).toBe(1);
      expect(stderr).toContain("Have the function app collect: add --deployed.");
    });

    it("collects with the vendor's credential into a folder, and an increment the second time", async () => {
      const first = await collect(0, product, "-s", "users", "--output", folder);
      expect(first.streams[0]?.run).toMatchObject({ kind: "full" });
      const keys = await collectedKeys(folder, `${product}/users/`);
      expect(keys).toEqual(await truth("users"));
      const second = await collect(0, product, "-s", "users", "--output", folder);
      expect(second.streams[0]?.run).toMatchObject({ kind: "increment", records: 0 });
    });

    it("saves what was read at Ctrl-C, says how to go on, and goes on", async () => {
      await lab.fault({ service: "graph", path: "groups", delay: 3_000 });
      const stopped = await interrupted("-s", "groups", "-s", "users");
      expect(stopped.stderr).toContain("Stopping: what was read is being saved.");
      expect(stopped.stdout).toContain("run the same command again, and it goes on from there.");
      expect(stopped.code).toBe(2);
      await lab.clearFaults();
      const { streams } = await collect(0, product, "-s", "groups", "-s", "users", "--output", folder);
      expect(streams.map(({ state }) => state)).toEqual(["connected", "connected"]);
    });

    it("says of a run whose process was killed since when it is interrupted, as the report does, and goes on", async () => {
      const status = async () => {
        const { code, stdout } = await lab.cli("collect", "status", "--output", folder, ...inDev);
        return { code, stdout };
      };
      await lab.fault({ service: "graph", path: "groups", delay: 60_000 });
      await lab.succeed("collect", "purge", product, "-s", "groups", "--yes", "--output", folder, ...inDev);
      const killed = await interruptedBy("SIGKILL", "-s", "groups");
      expect(killed.code).toBeNull();
      expect(await status()).toMatchObject({ code: 2, stdout: expect.stringMatching(/groups\s+Syncing/) });
      const since = await silentFor(3_600_000);
      const said = await status();
      expect(said.code).toBe(2);
      expect(said.stdout).toMatch(/groups\s+Interrupted/);
      expect(said.stdout).toContain(
        `nothing was heard of it since ${since.slice(0, 16).replace("T", " ")} UTC`,
      );
      expect(said.stdout).toContain("start it: npm run -s cli -- collect");
      const report = JSON.parse(await lab.succeed("report", "--from", folder, "--json", ...inDev)) as Pick<
        Collected,
        "streams"
      >;
      expect(report.streams.find(({ stream }) => stream === "groups")).toMatchObject({
        state: "interrupted",
        updatedAt: since,
      });
      await lab.clearFaults();
      const { streams } = await collect(0, product, "-s", "groups", "--output", folder);
      expect(streams).toMatchObject([{ state: "connected" }]);
      expect((await status()).stdout).toMatch(/groups\s+Connected/);
    });

    it("names a stream that is misspelt, and one without its permission", async () => {
      expect((await lab.cli("collect", "-s", "user", ...inDev)).stderr).toContain('Did you mean "users"?');
      expect((await lab.cli("collect", product, "-s", "devices", ...inDev)).stderr).toContain(
        "Identity Manager Contoso does not hold the permissions for devices.",
      );
    });

    it("purges the folder", async () => {
      await lab.succeed("collect", "purge", "--yes", "--output", folder, ...inDev);
      expect(await collectedKeys(folder, "")).toEqual([]);
      expect(existsSync(join(folder, "state", product, "users", "checkpoint.json"))).toBe(false);
    });
  });

  /** The keys that the tenant really has. */
  async function truth(list: string): Promise<string[]> {
    const tenant = join(lab.local, "tenant");
    const { origin } = AdminClient.of(tenant).endpoint;
    const headers = { "x-admin-key": readFileSync(join(tenant, "admin-key"), "utf8") };
    const response = await fetch(`${origin}/admin/objects/${list}`, { headers });
    const lines = (await response.text()).trimEnd().split("\n");
    return lines.map((line) => (JSON.parse(line) as { key: string }).key).sort();
  }

  /** Runs `collect` and presses Ctrl-C once it is at work. */
  const interrupted = (...args: readonly string[]): Promise<Said> => interruptedBy("SIGINT", ...args);

  async function interruptedBy(signal: NodeJS.Signals, ...args: readonly string[]): Promise<Said> {
    const script = join(projectRoot(), "scripts", "cli.ts");
    const words = ["collect", product, ...args, "--output", folder, ...inDev, "--cwd", lab.root];
    const child = spawn(process.execPath, ["--import", "tsx", script, ...words], {
      cwd: projectRoot(),
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const said = ended(child);
    const lock = join(folder, "state", product, "groups", "run.json");
    while (!existsSync(lock) && child.exitCode === null) await wait(50);
    await wait(300);
    child.kill(signal);
    return said;
  }

  /** Dates the last sign of life of the stream `groups` back. @returns to when */
  async function silentFor(milliseconds: number): Promise<string> {
    const file = join(folder, "state", product, "groups", "status.json");
    const status = JSON.parse(readFileSync(file, "utf8")) as StreamStatus;
    const updatedAt = new Date(Date.now() - milliseconds).toISOString();
    writeFileSync(file, JSON.stringify({ ...status, updatedAt }));
    return updatedAt;
  }
});

/** The keys of all records in a folder's parts. */
async function collectedKeys(folder: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const path of openFolderStore(folder).data.list(prefix)) {
    if (!path.endsWith(".ndjson.gz")) continue;
    const lines = gunzipSync(readFileSync(join(folder, "data", path))).toString("utf8");
    for (const line of lines.trimEnd().split("\n")) keys.push((JSON.parse(line) as { key: string }).key);
  }
  return keys.sort();
}
