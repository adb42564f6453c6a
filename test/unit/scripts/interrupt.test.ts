import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { interruptible } from "../../../scripts/lib/interrupt";
import { withProgress } from "../../../scripts/lib/progress";

describe("Ctrl-C", () => {
  let exit: ReturnType<typeof vi.spyOn>;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"] });
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    exit = vi.spyOn(process, "exit").mockImplementation((() => undefined) as never);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it("aborts once, however many programs pass the same stroke on, and ends the process at the second stroke", async () => {
    await interruptible("Stopping.", async (signal) => {
      process.emit("SIGINT");
      expect(signal.aborted).toBe(true);
      process.emit("SIGINT");
      process.emit("SIGTERM");
      expect(exit).not.toHaveBeenCalled();
      vi.setSystemTime(Date.now() + 1_000);
      process.emit("SIGINT");
      expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    });
    expect(process.stderr.write).toHaveBeenCalledExactlyOnceWith("\nStopping.\n");
  });

  it("leaves no listener behind", async () => {
    const before = process.listenerCount("SIGINT");
    await interruptible("Stopping.", async () => undefined);
    expect(process.listenerCount("SIGINT")).toBe(before);
  });

  describe("while a live list is shown", () => {
    const library = () => undefined;
    let wasTerminal: boolean | undefined;
    beforeEach(() => {
      wasTerminal = process.stderr.isTTY;
      process.stderr.isTTY = true;
      vi.stubEnv("TERM", "xterm");
      // As the library that locks folders does: it cleans up, and leaves the end to others.
      process.on("SIGINT", library);
    });
    afterEach(() => {
      process.stderr.isTTY = wasTerminal as boolean;
      process.off("SIGINT", library);
      vi.unstubAllEnvs();
    });

    it("ends the process", async () => {
      await withProgress("step", async () => process.emit("SIGINT"));
      expect(exit).toHaveBeenCalledExactlyOnceWith(130);
    });

    it("is shown as plain lines on a terminal that can't draw anew", async () => {
      vi.stubEnv("TERM", "dumb");
      await withProgress("step", async () => undefined);
      const written = vi.mocked(process.stderr.write).mock.calls.map(([text]) => String(text));
      expect(written).toEqual([expect.stringMatching(/^✔ step +\d/)]);
    });

    it("is left to the work that minds it", async () => {
      await withProgress("step", () => interruptible("Stopping.", async () => process.emit("SIGINT")));
      expect(exit).not.toHaveBeenCalled();
    });
  });
});
