import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { installPlugin } from "../../../infra/local/engine";
import { projectRoot } from "../../../infra/local/paths";
import { useTemporaryMachine } from "./folders";

describe("installPlugin", () => {
  const machine = useTemporaryMachine();
  mkdirSync(join(projectRoot(), "test-results"), { recursive: true });
  const sources = mkdtempSync(join(projectRoot(), "test-results", "plugin-"));
  const plugin = { name: "word", version: "2.1.0", entry: join(sources, "main.ts") };
  const installed = () =>
    machine.path("local", "pulumi-home", "plugins", "resource-word-v2.1.0", "pulumi-resource-word");
  const run = () => execFileSync(installed(), ["there"], { encoding: "utf8" });

  beforeEach(() => {
    writeFileSync(plugin.entry, 'import { word } from "./word";\nconsole.log(word, process.argv[2]);\n');
    writeFileSync(join(sources, "word.ts"), 'export const word: string = "hello";\n');
  });
  afterAll(() => rmSync(sources, { recursive: true, force: true }));

  it("makes an executable where the engine looks for plugins", async () => {
    expect(await installPlugin(plugin)).toBe(true);
    expect(run()).toBe("hello there\n");
  });

  it("makes it again only when a source changed", async () => {
    await installPlugin(plugin);
    expect(await installPlugin(plugin)).toBe(false);
    writeFileSync(join(sources, "word.ts"), 'export const word: string = "goodbye";\n');
    expect(await installPlugin(plugin)).toBe(true);
    expect(run()).toBe("goodbye there\n");
  });

  it("makes it again when a part of it is gone", async () => {
    await installPlugin(plugin);
    rmSync(installed());
    expect(await installPlugin(plugin)).toBe(true);
    rmSync(`${installed()}.cjs`);
    expect(await installPlugin(plugin)).toBe(true);
    expect(run()).toBe("hello there\n");
  });

  it("fails on sources that can't be bundled, naming the file", async () => {
    writeFileSync(join(sources, "word.ts"), "export const word = ;\n");
    await expect(installPlugin(plugin)).rejects.toThrow(/word\.ts/);
  });
});
