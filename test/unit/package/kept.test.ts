import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildFunctionPackage } from "../../../components/collector/package";
import { type KeptPlace, keptOr } from "../../../components/collector/package/kept";

describe("a package that was built before", () => {
  let root: string;
  let place: KeptPlace;
  let builds: number;

  const path = (name: string) => join(root, "sources", name);
  /** Writes a file as if it had been there for a day. */
  const write = (name: string, content: string) => {
    writeFileSync(path(name), content);
    const before = Date.now() / 1000 - 86_400;
    utimesSync(path(name), before, before);
  };
  const taken = async () => {
    const { sha256, zip } = await keptOr(place, () => {
      builds += 1;
      return buildFunctionPackage(path("function"));
    });
    expect((await buildFunctionPackage(path("function"))).sha256).toBe(sha256);
    return { sha256, zip };
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "entra-connectors-kept-"));
    mkdirSync(path("function"), { recursive: true });
    write("builder.ts", "// how it is built\n");
    write("function/host.json", "{}");
    write("function/index.ts", 'export * from "./words";\n');
    write("function/words.ts", 'export const greeting = "hello";\n');
    place = { folder: join(root, "kept", "deep"), builders: [path("builder.ts")], tree: path("") };
    builds = 0;
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("is taken as it is while nothing has changed", async () => {
    const first = await taken();
    expect(Buffer.from((await taken()).zip).equals(first.zip)).toBe(true);
    expect(builds).toBe(1);
  });

  it.each([
    ["a source says something else", () => write("function/words.ts", 'export const greeting = "bye";\n')],
    ["the platform's file does", () => write("function/host.json", '{ "version": "2.0" }')],
    ["it is built in another way", () => write("builder.ts", "// another way\n")],
    ["a new file may be what a name means", () => write("function/words.js", "exports.greeting = 1;\n")],
    ["a source is gone", () => rmSync(path("builder.ts"))],
  ])("is built anew when %s", async (_, change) => {
    await taken();
    change();
    await taken();
    expect(builds).toBe(2);
  });

  it.each([
    ["the package", "zip", "not a zip"],
    ["what is known of it", "json", "{"],
    ["what is known of it, in part", "json", "{}"],
  ])("is built anew when %s is damaged", async (_, ending, content) => {
    const { sha256 } = await taken();
    writeFileSync(join(place.folder, `collector-package.${ending}`), content);
    expect((await taken()).sha256).toBe(sha256);
    expect(builds).toBe(2);
  });

  it.each(["function/words.ts", "builder.ts"])("is not kept when %s was written just now", async (name) => {
    writeFileSync(path(name), 'export const greeting = "just now";\n');
    await taken();
    await taken();
    expect(builds).toBe(2);
  });

  it("is built anew when a file came while it was built", async () => {
    await keptOr(place, async () => {
      const built = await buildFunctionPackage(path("function"));
      write("function/words.js", "exports.greeting = 1;\n");
      return built;
    });
    await taken();
    expect(builds).toBe(1);
  });

  it("is built each time where nothing can be kept", async () => {
    writeFileSync(join(root, "kept"), "a file where the folder should be");
    await taken();
    await taken();
    expect(builds).toBe(2);
  });

  it("is not kept when the build fails", async () => {
    write("function/words.ts", "const = 1;\n");
    await expect(keptOr(place, () => buildFunctionPackage(path("function")))).rejects.toThrow(
      /does not compile/,
    );
    expect(() => readFileSync(join(place.folder, "collector-package.json"))).toThrow(/ENOENT/);
  });
});
