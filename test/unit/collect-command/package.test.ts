import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runCli } from "../../../scripts/lib/program";

let folder: string;
let said: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "entra-connectors-package-"));
  said = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

it("writes the code as one file with its hash", { timeout: 60_000 }, async () => {
  const out = join(folder, "app.zip");
  expect(await runCli(["collect", "package", "--out", out, "--json"])).toBe(0);
  const zip = readFileSync(out);
  expect(JSON.parse(said)).toEqual({
    file: out,
    sha256: createHash("sha256").update(zip).digest("hex"),
    bytes: zip.length,
  });
  expect(Object.keys(unzipSync(zip))).toEqual(
    expect.arrayContaining(["host.json", "package.json", "index.js"]),
  );
});

it("says what is wrong with a file that can't be written", { timeout: 60_000 }, async () => {
  expect(await runCli(["collect", "package", "--out", join(folder, "none", "app.zip")])).toBe(1);
  expect(said).toContain("can't be written");
  expect(said).toContain("--out");
});
