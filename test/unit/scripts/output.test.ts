import { afterEach, describe, expect, it, vi } from "vitest";
import { formatDuration, parseDuration } from "../../../scripts/lib/duration";
import { count, table } from "../../../scripts/lib/output";
import { palette } from "../../../scripts/lib/terminal";

describe("durations", () => {
  it("read as a person says them", () => {
    expect([800, 31_000, 348_000].map(formatDuration)).toEqual(["0.8 s", "31 s", "5 min 48 s"]);
  });

  it("are parsed with their unit, seconds without one", () => {
    expect(["90", "90s", "2m", "500ms", "1.5 min", "1h"].map(parseDuration)).toEqual([
      90_000, 90_000, 120_000, 500, 90_000, 3_600_000,
    ]);
    expect(["", "soon", "-3s", "3 weeks"].map(parseDuration)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("text", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("lines tables up without borders or trailing blanks", () => {
    expect(
      table(
        ["A", "Long title"],
        [
          ["first one", "x"],
          ["b", "y"],
        ],
      ).split("\n"),
    ).toEqual(["A          Long title", "first one  x", "b          y"]);
  });

  it("counts with the right noun", () => {
    expect([count(1, "lock"), count(0, "lock"), count(2, "policy", "policies")]).toEqual([
      "1 lock",
      "0 locks",
      "2 policies",
    ]);
  });

  it("is coloured on a terminal only", () => {
    vi.stubEnv("NO_COLOR", "");
    vi.stubEnv("TERM", "xterm");
    expect(palette({ isTTY: false }).red("x")).toBe("x");
    expect(palette({ isTTY: true }).red("x")).toContain("\u001b[31m");
    vi.stubEnv("NO_COLOR", "1");
    expect(palette({ isTTY: true }).red("x")).toBe("x");
  });
});
