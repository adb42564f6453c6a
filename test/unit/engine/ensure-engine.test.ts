import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { EngineError, ensureEngine } from "../../../infra/local/engine";
import { useTemporaryMachine, writeScript } from "./folders";

const systemPath = "/usr/bin:/bin";

/** Stands for Go: lists one package, and "builds" a program that tells its version. Counts the builds. */
const go = `
case "$1" in
  list) echo "go: downloading one v1" >&2; echo one/package ;;
  build)
    echo built >> "$GO_LOG"
    while [ "$1" != "-o" ]; do shift; done
    printf '#!/bin/sh\\necho v3.259.0\\n' > "$2"; chmod +x "$2" ;;
esac`;

describe("ensureEngine", () => {
  const machine = useTemporaryMachine();

  function withGo(script = go): void {
    const folder = dirname(writeScript(machine.path("go", "go"), script));
    vi.stubEnv("PATH", `${folder}:${systemPath}`);
    vi.stubEnv("GO_LOG", machine.path("builds"));
  }

  const builds = () => readFileSync(machine.path("builds"), "utf8").trim().split("\n").length;

  it("takes the engine on PATH, and adds nothing to it", async () => {
    const binary = writeScript(machine.path("bin", "pulumi"), "echo v3.300.1");
    writeScript(machine.path("bin", "pulumi-language-nodejs"), "exit 1");
    vi.stubEnv("PATH", `${dirname(binary)}:${systemPath}`);
    expect(await ensureEngine()).toEqual({
      version: "3.300.1",
      binary,
      directory: dirname(binary),
      source: "path",
    });
    expect(existsSync(machine.path("cache"))).toBe(false);
  });

  it.each([
    ["has no language host", "echo v3.300.1", false],
    ["does not run", "exit 3", true],
  ])("passes over an engine on PATH that %s", async (_what, script, withHost) => {
    withGo();
    const folder = dirname(writeScript(machine.path("bin", "pulumi"), script));
    if (withHost) writeScript(machine.path("bin", "pulumi-language-nodejs"), "exit 1");
    vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
    expect((await ensureEngine()).source).toBe("go");
  });

  it("says what to install when there is neither an engine nor Go", async () => {
    vi.stubEnv("PATH", machine.path("empty"));
    const error = await ensureEngine().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).message).toContain("There is no Pulumi engine on this machine");
    expect((error as EngineError).next).toMatch(/Install Pulumi .* or Go/);
  });

  it("builds once, tells what it does, and puts the language host beside the engine", async () => {
    withGo();
    const said: string[] = [];
    const engine = await ensureEngine((line) => said.push(line));
    expect(said.join("\n")).toContain("downloading the Go modules");
    expect(said.join("\n")).toContain("0 of 1 packages");
    expect(existsSync(`${engine.directory}/pulumi-language-nodejs`)).toBe(true);
    expect(await ensureEngine()).toEqual(engine);
    expect(builds()).toBe(1);
  });

  it("builds once for two that ask at the same time", async () => {
    withGo();
    await Promise.all([ensureEngine(), ensureEngine()]);
    expect(builds()).toBe(1);
  });

  it("does not take its own cache for the machine's engine", async () => {
    withGo();
    const engine = await ensureEngine();
    vi.stubEnv("PATH", `${engine.directory}:${process.env.PATH}`);
    expect((await ensureEngine()).source).toBe("go");
  });

  it("builds again when what it kept was changed or its checksum is gone", async () => {
    withGo();
    const { binary, directory } = await ensureEngine();
    const kept = `${dirname(directory)}/pulumi`;
    writeFileSync(kept, "something else");
    await ensureEngine();
    expect(readFileSync(binary, "utf8")).toContain("v3.259.0");
    rmSync(`${kept}.sha256`);
    await ensureEngine();
    expect(builds()).toBe(3);
  });

  it("shows the end of Go's output and keeps all of it when the build fails", async () => {
    withGo('echo "first line"; echo "module is not available" >&2; exit 1');
    const error = (await ensureEngine().catch((reason: unknown) => reason)) as EngineError;
    expect(error.message).toContain("go list failed");
    expect(error.message).toContain("module is not available");
    expect(readFileSync(error.log ?? "", "utf8")).toContain("first line");
  });
});
