/** The engine built from the official Go modules: for machines that reach a Go module proxy and little else. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { logDirectory, projectRoot } from "../paths";
import { keepBinary } from "./cache";
import type { OnProgress } from "./engine";
import { EngineError } from "./errors";
import { findExecutable } from "./find-on-path";
import { lastLines, runProcess } from "./processes";
import { withElapsed } from "./progress";
import { engineVersions } from "./version";

const commandLine = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** True when there is a Go toolchain to build with. */
export function canBuild(): boolean {
  return findExecutable("go") !== undefined;
}

/**
 * Builds `pulumi` into `binary`. What it is built from is pinned, with checksums, by go.mod and go.sum beside this file.
 * @throws EngineError with the end of Go's output when a step fails
 */
export async function buildFromModules(binary: string, onProgress: OnProgress): Promise<void> {
  const unfinished = join(dirname(binary), `pulumi.building-${process.pid}`);
  await mkdir(dirname(binary), { recursive: true });
  try {
    const packages = await downloadModules(onProgress);
    await compile(unfinished, packages, onProgress);
    await keepBinary(unfinished, binary);
  } finally {
    await rm(unfinished, { force: true });
  }
}

/**
 * Listing what the command is made of downloads exactly those modules; `go mod download` would ask the proxy for more,
 * and not every proxy has it. Answers the number of packages to compile.
 */
async function downloadModules(onProgress: OnProgress): Promise<number> {
  let packages = 0;
  let modules = 0;
  await go(
    ["list", "-mod=readonly", "-deps", commandLine],
    () => `downloading the Go modules of the engine · ${modules}`,
    onProgress,
    (line) => (line.startsWith("go: downloading ") ? modules++ : packages++),
  );
  return packages;
}

async function compile(output: string, packages: number, onProgress: OnProgress): Promise<void> {
  let compiled = 0;
  await go(
    ["build", "-v", "-mod=readonly", "-trimpath", "-ldflags", linkerFlags(), "-o", output, commandLine],
    () => `compiling the engine, minutes, but once · ${compiled} of ${packages} packages`,
    onProgress,
    () => compiled++,
  );
}

function linkerFlags(): string {
  return `-s -w -X ${versionVariable}=v${engineVersions.go}`;
}

async function go(
  args: readonly string[],
  what: () => string,
  onProgress: OnProgress,
  onLine: (line: string) => void = () => {},
): Promise<void> {
  const { exitCode, output } = await withElapsed(what, onProgress, () =>
    runProcess("go", args, {
      directory: join(projectRoot(), "infra", "local", "engine"),
      environment: { ...process.env, GOWORK: "off" },
      onLine,
    }),
  );
  if (exitCode !== 0) throw await goError(args, output);
}

async function goError(args: readonly string[], output: string): Promise<EngineError> {
  const log = join(logDirectory(), "engine-build.log");
  await mkdir(logDirectory(), { recursive: true });
  await writeFile(log, output);
  return new EngineError(
    `The Pulumi engine could not be built: go ${args[0]} failed.\n${lastLines(output, 3)}`,
    "Check that a Go module proxy can be reached (go env GOPROXY) and that Go is 1.26 or newer, then run the same command again. Or install Pulumi yourself: https://www.pulumi.com/docs/install/",
    log,
  );
}
