import { spawn } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageError } from "../../infra/local/functions";
import { keys, message, type Platform, secret, startPlatform, until } from "./functions/platform";

let platform: Platform;
let reference: string;

beforeAll(async () => {
  platform = await startPlatform();
  reference = `@Microsoft.KeyVault(SecretUri=${platform.identity.origin}/secrets/sample)`;
});
afterAll(() => platform.stop());

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("HTTP functions: routes, parameters, levels of keys, errors without details", async () => {
  const { app } = await platform.start("http");
  const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${app.origin}${path}`, init);
  expect(await (await call("/api/health")).text()).toBe("well");
  expect((await call("/api/health", { method: "POST" })).status).toBe(404);
  expect((await call("/api/nothing")).status).toBe(404);
  expect((await call("/api/echo/x")).status).toBe(401);
  expect((await call("/api/echo/x?code=wrong")).status).toBe(401);
  const echoed = await call(`/api/echo/a%20b/3?code=${keys.functionKey}`, { method: "POST", body: "text" });
  expect(echoed.status).toBe(201);
  expect(await echoed.json()).toEqual({
    method: "POST",
    url: `${app.origin}/api/echo/a%20b/3?code=${keys.functionKey}`,
    params: { name: "a b", count: "3" },
    body: "text",
  });
  const header = { "x-functions-key": keys.functionKey };
  expect((await call("/api/echo/x", { headers: header })).status).toBe(201);
  expect((await call("/api/environment", { headers: header })).status).toBe(401);
  const failed = await call("/api/fails");
  expect([failed.status, await failed.text()]).toEqual([500, ""]);
  const names = app.functions().map(({ name, path }) => [name, path]);
  expect(names).toContainEqual(["echo", "/api/echo/{name}/{count:int?}"]);
  expect(names).toContainEqual(["work", undefined]);
});

test("the app sees its settings and what App Service adds, and nothing of this process", async () => {
  process.env.LEAKED_BY_A_TEST = "leaked";
  const unresolved = `@Microsoft.KeyVault(SecretUri=${platform.identity.origin}/secrets/missing)`;
  const { app, log } = await platform.start("environment", {
    settings: { SAMPLE_SECRET: reference, UNRESOLVED: unresolved },
  });
  const headers = { "x-functions-key": keys.masterKey };
  const response = await fetch(`${app.origin}/api/environment`, { headers });
  const environment = (await response.json()) as Record<string, string>;
  expect(environment.SAMPLE_SECRET).toBe(secret);
  expect(environment.UNRESOLVED).toBe(unresolved);
  expect(environment.IDENTITY_HEADER).toBe("identity-header-of-the-app");
  expect(environment.WEBSITE_SITE_NAME).toBe("sample");
  expect(environment).not.toHaveProperty("LEAKED_BY_A_TEST");
  const asked = platform.identity.asked.filter(({ path }) => path.includes("vault.azure.net"));
  expect(asked[0]?.path).toContain("mi_res_id=%2Fsubscriptions%2Fs%2Fidentity");
  await fetch(`${app.origin}/api/echo/x`, { headers });
  await until(() => log().includes("the key is ***"));
  expect(log()).not.toContain(secret);
  expect(statSync(app.logFile).mode & 0o077).toBe(0);
  expect(log()).toContain("The Key Vault reference of UNRESOLVED is not resolved");
});

test("queue functions: done once, tried again, put into the poison queue, sent by an output", async () => {
  const queues = platform.queues("queues");
  const [work, poison, made] = ["work", "work-poison", "made"].map((name) => queues.getQueueClient(name));
  await work!.create();
  await made!.create();
  const { app, events } = await platform.start("queues");
  await work!.sendMessage(message({ id: "good" }));
  await work!.sendMessage(message({ id: "bad", action: "throw" }));
  await until(
    async () => (await poison!.exists()) && (await poison!.peekMessages()).peekedMessageItems.length === 1,
  );
  const [moved] = (await poison!.peekMessages()).peekedMessageItems;
  expect(moved?.messageText).toBe(message({ id: "bad", action: "throw" }));
  const begun = events().filter(({ event }) => event === "begin");
  expect(begun.map(({ id, dequeueCount }) => `${id} ${dequeueCount}`).sort()).toEqual([
    "bad 1",
    "bad 2",
    "good 1",
  ]);
  await until(async () => ((await work!.getProperties()).approximateMessagesCount ?? 0) === 0);
  expect((await fetch(`${app.origin}/api/make`, { method: "POST" })).status).toBe(202);
  const { peekedMessageItems } = await made!.peekMessages({ numberOfMessages: 10 });
  expect(peekedMessageItems.map(({ messageText }) => messageText)).toEqual([
    message({ id: "a" }),
    message({ id: "b" }),
  ]);
});

test("a message stays hidden while its function runs longer than one hold", async () => {
  const queue = platform.queues("hold").getQueueClient("work");
  await queue.create();
  const { events } = await platform.start("hold", { messageLeaseSeconds: 2 });
  await queue.sendMessage(message({ id: "long", milliseconds: 5_000 }));
  await until(() => events().some(({ event }) => event === "end"));
  expect(events().filter(({ event }) => event === "begin")).toHaveLength(1);
  await until(async () => ((await queue.getProperties()).approximateMessagesCount ?? 0) === 0);
});

test("a worker that crashes is replaced, and its message worked on again", async () => {
  const queue = platform.queues("crash").getQueueClient("work");
  await queue.create();
  const { app, events, log } = await platform.start("crash");
  await queue.sendMessage(message({ id: "crash", action: "crash" }));
  await until(() => events().filter(({ event }) => event === "begin").length === 2);
  await until(async () => (await fetch(`${app.origin}/api/health`)).status === 200);
  expect(log()).toContain("The worker ended (SIGKILL)");
});

test("a function that exceeds the time limit takes its process with it", async () => {
  const queue = platform.queues("limit").getQueueClient("work");
  await queue.create();
  const { events, log } = await platform.start("limit", { timeLimitSeconds: 1 });
  await queue.sendMessage(message({ id: "slow", milliseconds: 60_000 }));
  await until(async () => (await platform.queues("limit").getQueueClient("work-poison").exists()) === true);
  expect(log()).toContain("work ran longer than 1 s");
  expect(events().filter(({ event }) => event === "start").length).toBeGreaterThan(1);
  expect(events().filter(({ event }) => event === "end")).toEqual([]);
});

test("grows with its queue up to its limit, and shares the messages out", async () => {
  const queue = platform.queues("scale").getQueueClient("work");
  await queue.create();
  for (let index = 0; index < 12; index++)
    await queue.sendMessage(message({ id: `${index}`, milliseconds: 1_500 }));
  const { events } = await platform.start("scale", { maximumInstances: 3 });
  const ended = () => events().filter(({ event }) => event === "end");
  await until(() => ended().length === 12, 30_000);
  expect(new Set(ended().map(({ id }) => id)).size).toBe(12);
  expect(new Set(ended().map(({ pid }) => pid)).size).toBe(3);
});

test("timers fire on schedule, by hand, and make up for a run that was missed", async () => {
  const headers = { "x-functions-key": keys.masterKey };
  const first = await platform.start("timer", { settings: { SAMPLE_SCHEDULE: "*/1 * * * * *" } });
  const ticks = (): readonly object[] => first.events().filter(({ event }) => event === "tick");
  await until(() => ticks().length >= 2);
  expect(ticks()[0]).toMatchObject({ isPastDue: false });
  await first.app.stop();
  const before = ticks().length;
  writeFileSync(
    join(first.scratch, "timer-tick.json"),
    JSON.stringify({ tick: { last: "2020-01-01T00:00:00Z", next: "2020-01-02T00:00:00Z" } }),
  );
  const second = await platform.start("timer", { folder: first.scratch });
  await until(() => ticks().length === before + 1);
  expect(ticks().at(-1)).toMatchObject({ isPastDue: true });
  const run = (name: string): Promise<Response> =>
    fetch(`${second.app.origin}/admin/functions/${name}`, { method: "POST", headers, body: "{}" });
  expect((await run("tick")).status).toBe(202);
  await until(() => ticks().length === before + 2);
  expect((await run("work")).status).toBe(404);
  expect((await fetch(`${second.app.origin}/admin/functions/tick`, { method: "POST" })).status).toBe(401);
});

test("stopping lets a running function finish, runs the program's last hooks and leaves no process", async () => {
  const queue = platform.queues("drain").getQueueClient("work");
  await queue.create();
  const { app, events } = await platform.start("drain");
  await queue.sendMessage(message({ id: "last", milliseconds: 1_000 }));
  await until(() => events().some(({ event }) => event === "begin"));
  await app.stop();
  expect(events().map(({ event }) => event)).toEqual(["start", "begin", "end", "terminate"]);
  expect(isAlive(events()[0]?.pid ?? 0)).toBe(false);
  expect((await queue.getProperties()).approximateMessagesCount).toBe(0);
});

test("workers end with the host, however it ends", async () => {
  const scratch = join(platform.folder, "orphan");
  const script = join(platform.folder, "host.ts");
  const spec = {
    name: "orphan",
    folder: scratch,
    packageZip: platform.packageZip,
    settings: { SAMPLE_FILE: join(platform.folder, "orphan.ndjson"), SAMPLE_SCHEDULE: "0 0 3 1 1 *" },
    identity: { endpoint: platform.identity.origin, header: "identity-header-of-the-app" },
    ...keys,
    caFile: join(platform.folder, "ca.pem"),
  };
  const host = join(__dirname, "../../infra/local/functions/index.ts");
  writeFileSync(script, `require(${JSON.stringify(host)}).startFunctionApp(${JSON.stringify(spec)});`);
  const child = spawn(process.execPath, ["--import", pathToFileURL(require.resolve("tsx")).href, script], {
    stdio: "ignore",
  });
  const events = (): string => {
    try {
      return readFileSync(join(platform.folder, "orphan.ndjson"), "utf8");
    } catch {
      return "";
    }
  };
  await until(() => events().includes('"start"'));
  const { pid } = JSON.parse(events().split("\n")[0] ?? "") as { pid: number };
  expect(isAlive(pid)).toBe(true);
  child.kill("SIGKILL");
  await until(() => !isAlive(pid));
});

test("a package that is none is refused; a program that fails to load is told and answers 503", async () => {
  const broken = join(platform.folder, "broken.zip");
  const start = (files: Record<string, string>) => {
    writeFileSync(
      broken,
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
    return platform.start("broken", { packageZip: broken });
  };
  const host = { "host.json": '{"version":"2.0"}' };
  const manifest = { "package.json": '{"main":"main.js"}' };
  await expect(start(manifest)).rejects.toThrow(PackageError);
  await expect(start({ ...host, ...manifest })).rejects.toThrow("main is not in the package");
  await expect(start({ ...host, ...manifest, "../outside.js": "" })).rejects.toThrow("outside its folder");
  writeFileSync(broken, "no zip");
  await expect(platform.start("broken", { packageZip: broken })).rejects.toThrow("is no zip");
  const { app } = await start({ ...host, ...manifest, "main.js": 'throw new Error("no settings");' });
  expect(app.state()).toEqual({ state: "failed", message: "no settings" });
  expect((await fetch(`${app.origin}/api/health`)).status).toBe(503);
  const needy = await start({ ...host, ...manifest, "main.js": 'require("zod");' });
  expect(needy.app.state()).toMatchObject({ message: expect.stringContaining("Cannot find module 'zod'") });
});
