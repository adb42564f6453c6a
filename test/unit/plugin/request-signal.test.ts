import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { requestSignal } from "../../../components/plugin/serve";

function operation(milliseconds: number) {
  const interruption = new AbortController();
  return { interruption, signal: interruption.signal, deadline: Date.now() + milliseconds };
}

describe("what ends a request", () => {
  it("of a read is the interruption", () => {
    const { interruption, ...limits } = operation(60_000);
    const signal = requestSignal("GET", limits);
    interruption.abort();
    expect(signal.aborted).toBe(true);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("of a %s under way is its time alone", async (method) => {
    const { interruption, ...limits } = operation(100);
    const signal = requestSignal(method, limits);
    interruption.abort();
    expect(signal.aborted).toBe(false);
    await sleep(250);
    expect(signal.aborted).toBe(true);
  });

  it.each(["GET", "POST"])("of a %s is there before it begins once the user has interrupted", (method) => {
    const { interruption, ...limits } = operation(60_000);
    interruption.abort(new Error("Stop"));
    expect(requestSignal(method, limits)).toMatchObject({ aborted: true, reason: new Error("Stop") });
  });
});
