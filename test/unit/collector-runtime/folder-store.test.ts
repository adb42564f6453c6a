import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFolderStore } from "../../../components/collector/function/storage/folder-store";
import { storeContract } from "./store-contract";

let root: string;
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "folder-store-"));
});
afterAll(() => rmSync(root, { recursive: true }));

const folder = () => join(root, `${++count}`);

describe("the folder store", () => {
  storeContract(() => openFolderStore(folder()));

  it("leaves no unfinished file behind, and lists none", async () => {
    const path = folder();
    const { data } = openFolderStore(path);
    await data.write("a/b", Buffer.from("1"));
    await data.write("a/b", Buffer.from("2"), { ifAbsent: true }).catch(() => undefined);
    expect(readdirSync(join(path, "data", "a"))).toEqual(["b"]);
    writeFileSync(join(path, "data", "a", "b.6f2c.writing"), "cut");
    const listed = [];
    for await (const blob of data.list("a/")) listed.push(blob);
    expect(listed).toEqual(["a/b"]);
  });

  it("refuses a path that leaves its folder", async () => {
    const { data } = openFolderStore(folder());
    await expect(data.write("../../elsewhere", Buffer.from("x"))).rejects.toThrow("no path inside the store");
  });

  const lock = (holder: object) => {
    const path = folder();
    const { state } = openFolderStore(path);
    return state.write("lock", Buffer.from(JSON.stringify(holder))).then(() => state);
  };
  const later = () => Date.now() + 60_000;

  it("takes the lease of a process that is gone", async () => {
    const { pid } = spawnSync(process.execPath, ["--version"]);
    const state = await lock({ id: "dead", pid, host: hostname(), until: later() });
    const lease = await state.lease("lock");
    expect(lease).toBeDefined();
    await lease?.release();
  });

  it("takes a lease that is over, and leaves one of a living process or another machine alone", async () => {
    const over = await lock({ id: "a", pid: process.pid, host: hostname(), until: Date.now() - 1 });
    const lease = await over.lease("lock");
    expect(lease).toBeDefined();
    await lease?.release();
    const living = await lock({ id: "a", pid: process.pid, host: hostname(), until: later() });
    expect(await living.lease("lock")).toBeUndefined();
    const elsewhere = await lock({ id: "a", pid: 1, host: "another-machine", until: later() });
    expect(await elsewhere.lease("lock")).toBeUndefined();
  });
});
