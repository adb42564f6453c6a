import { resolve } from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { buildCollectorPackage, buildFunctionPackage } from "../../../components/collector/package";
import { coldStarts, healthySettings } from "./cold-start";

describe("the collector's package", () => {
  let zip: Uint8Array;
  let sha256: string;

  beforeAll(async () => {
    ({ zip, sha256 } = await buildCollectorPackage());
  });

  it("is under 5 MB and built to the same bytes again", async () => {
    expect(zip.byteLength).toBeLessThan(5_000_000);
    const sources = resolve(__dirname, "../../../components/collector/function");
    expect((await buildFunctionPackage(sources)).sha256).toBe(sha256);
  });

  it("starts from its own files alone, declares its functions, answers, and can load all its parts", async () => {
    const [started] = await coldStarts(zip, healthySettings, 1);
    expect(started?.status).toBe(200);
    expect(started?.parts).toBeGreaterThan(1);
    expect(started?.functions.sort()).toEqual(["health", "purge", "schedule", "sync", "work", "work-poison"]);
  });

  it("holds no path of the machine that built it", () => {
    for (const content of Object.values(unzipSync(zip))) {
      expect(Buffer.from(content).includes(process.cwd())).toBe(false);
    }
  });
});
