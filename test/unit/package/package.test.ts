import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { buildFunctionPackage } from "../../../components/collector/package";

describe("the deployment package", () => {
  let root: string;
  let folder: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "entra-connectors-package-"));
    folder = join(root, "one");
    mkdirSync(folder);
    writeFileSync(
      join(folder, "index.ts"),
      'import { greeting } from "./words";\nexport const said: string = greeting;\n',
    );
    writeFileSync(join(folder, "words.ts"), '/*! @license Example */\nexport const greeting = "hello";\n');
    writeFileSync(
      join(folder, "later.ts"),
      'import { greeting } from "./words";\nexport const later = greeting;\n',
    );
    writeFileSync(join(folder, "host.json"), '{ "version": "2.0" }\n');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  it("holds the code, the platform's two files and the licences", async () => {
    const { zip, sha256 } = await buildFunctionPackage(folder);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(["host.json", "index.js", "licences.txt", "package.json"]);
    expect(JSON.parse(Buffer.from(files["host.json"]!).toString())).toEqual({ version: "2.0" });
    expect(JSON.parse(Buffer.from(files["package.json"]!).toString())).toMatchObject({ main: "index.js" });
    expect(Buffer.from(files["licences.txt"]!).toString()).toContain("@license Example");
    expect(sha256).toBe(createHash("sha256").update(zip).digest("hex"));
  });

  it("runs as CommonJS, and loads what is asked for later from a file of its own", async () => {
    const source =
      'import { greeting } from "./words";\n' +
      "export const said = greeting;\nexport const here = import.meta.url;\n" +
      'export const load = async () => (await import("./later")).later;\n';
    writeFileSync(join(folder, "index.ts"), source);
    const files = unzipSync((await buildFunctionPackage(folder)).zip);
    expect(Object.keys(files).filter((name) => /^later-\w+\.js$/.test(name))).toHaveLength(1);
    const unpacked = join(root, "unpacked");
    mkdirSync(unpacked);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(unpacked, name), content);
    const loaded = createRequire(__filename)(join(unpacked, "index.js"));
    expect(loaded.said).toBe("hello");
    expect(loaded.here).toBe(pathToFileURL(join(unpacked, "index.js")).href);
    expect(await loaded.load()).toBe("hello");
  });

  it("is the same bytes whatever the place, the files' dates and the machine's time zone", async () => {
    writeFileSync(join(folder, "index.ts"), 'export const load = () => import("./later");\n');
    const first = await buildFunctionPackage(folder);
    const copy = join(root, "another", "place");
    cpSync(folder, copy, { recursive: true });
    utimesSync(join(copy, "words.ts"), 1, 1);
    symlinkSync(copy, join(root, "link"));
    vi.stubEnv("TZ", "Pacific/Auckland");
    expect((await buildFunctionPackage(copy)).sha256).toBe(first.sha256);
    expect((await buildFunctionPackage(join(root, "link"))).sha256).toBe(first.sha256);
  });

  it("has another hash once a source says something else", async () => {
    const first = await buildFunctionPackage(folder);
    writeFileSync(join(folder, "words.ts"), 'export const greeting = "good day";\n');
    const second = await buildFunctionPackage(folder);
    writeFileSync(join(folder, "host.json"), '{ "version": "2.0", "functionTimeout": "00:10:00" }\n');
    const third = await buildFunctionPackage(folder);
    expect(new Set([first.sha256, second.sha256, third.sha256]).size).toBe(3);
  });

  it("says which source does not compile, and where", async () => {
    writeFileSync(
      join(folder, "index.ts"),
      'import { greeting } from "./gone";\nexport const said = greeting;\n',
    );
    await expect(buildFunctionPackage(folder)).rejects.toThrow(
      /^The function app does not compile: index\.ts:1: Could not resolve "\.\/gone"/,
    );
  });

  it("says which source is missing or is not what it should be", async () => {
    writeFileSync(join(folder, "host.json"), "{");
    await expect(buildFunctionPackage(folder)).rejects.toThrow(/host\.json is not JSON/);
    rmSync(join(folder, "host.json"));
    await expect(buildFunctionPackage(folder)).rejects.toThrow(/host\.json can't be read/);
    writeFileSync(join(folder, "host.json"), "{}");
    rmSync(join(folder, "index.ts"));
    await expect(buildFunctionPackage(folder)).rejects.toThrow(/index\.ts is missing/);
  });
});
