import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
    writeFileSync(join(folder, "host.json"), '{ "version": "2.0" }\n');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  it("holds one file of code, the platform's two files and the licences", async () => {
    const { zip, sha256 } = await buildFunctionPackage(folder);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(["host.json", "index.js", "index.js.LEGAL.txt", "package.json"]);
    expect(JSON.parse(Buffer.from(files["host.json"]!).toString())).toEqual({ version: "2.0" });
    expect(JSON.parse(Buffer.from(files["package.json"]!).toString())).toMatchObject({ main: "index.js" });
    expect(Buffer.from(files["index.js.LEGAL.txt"]!).toString()).toContain("@license Example");
    expect(sha256).toBe(createHash("sha256").update(zip).digest("hex"));
  });

  it("runs as CommonJS", async () => {
    const files = unzipSync((await buildFunctionPackage(folder)).zip);
    const loaded = { exports: {} as { said?: string } };
    const run = new Function(
      "module",
      "exports",
      "require",
      "__filename",
      Buffer.from(files["index.js"]!).toString(),
    );
    run(loaded, loaded.exports, require, join(folder, "index.js"));
    expect(loaded.exports.said).toBe("hello");
  });

  it("is the same bytes whatever the place, the files' dates and the machine's time zone", async () => {
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
