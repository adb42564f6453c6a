import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

/** A temporary folder a test, with the local folder, the cache and the PATH of the process inside it. */
export function useTemporaryMachine(): { path: (...names: string[]) => string } {
  let root = "";
  const path = (...names: string[]) => join(root, ...names);
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "entra-connectors-unit-"));
    vi.stubEnv("ENTRA_CONNECTORS_LOCAL", path("local"));
    vi.stubEnv("XDG_CACHE_HOME", path("cache"));
    vi.stubEnv("ENTRA_CONNECTORS_ENGINE_DOWNLOAD", "off");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });
  return { path };
}

/** Writes a shell script that can be executed. */
export function writeScript(file: string, lines: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}
