import { afterEach, describe, expect, it, vi } from "vitest";
import type { StreamState } from "../../../components/collector/function/model/status";
import { withBoard } from "../../../scripts/lib/collect/board";
import { exitCodeOf } from "../../../scripts/lib/collect/report";
import { collectText } from "../../../scripts/lib/collect/text";
import { forbidden, streamStatus } from "./samples";

afterEach(() => vi.restoreAllMocks());

describe("the exit code of a collection", () => {
  const code = (...states: StreamState[]): number =>
    exitCodeOf(states.map((state) => streamStatus({ state })));

  it("is 0 only when every stream is complete", () => {
    expect(code("connected", "connected")).toBe(0);
    expect(code("connected", "degraded")).toBe(3);
  });

  it("is 2 as soon as one is not, whatever else there is", () => {
    expect(code("degraded", "error")).toBe(2);
    expect(code("connected", "syncing")).toBe(2);
    expect(code("connected", "queued")).toBe(2);
  });
});

describe("the text of a collection", () => {
  const place = { where: "this machine", place: "/data", leftOut: [] } as const;

  it("shows figures and where the data is", () => {
    const text = collectText({ ...place, streams: [streamStatus()] });
    expect(text).toMatch(
      /conductorone\s+users\s+Connected\s+first sync\s+1,234\s+0\s+3\s+1\.3 s\s+2026-11-21 08:00:01Z/,
    );
    expect(text).toContain("Written to /data");
  });

  it("says once what several streams lack, with the permission and the next step", () => {
    const failed = (stream: "users" | "groups") =>
      streamStatus({ stream, state: "error", problem: forbidden });
    const text = collectText({ ...place, streams: [failed("users"), failed("groups")] });
    expect(text).toContain(
      "conductorone · users, groups: Microsoft Graph refuses /users. It needs User.Read.All.\n  Grant the permission",
    );
    expect(text.split("Grant the permission")).toHaveLength(2);
    expect(text).toContain(`Request id: ${forbidden.requestId}`);
  });

  it("says how to go on after an interruption", () => {
    const text = collectText({ ...place, streams: [streamStatus({ state: "syncing" }), streamStatus()] });
    expect(text).toContain(
      "1 of 2 streams are not complete. What was read is kept: run the same command again",
    );
  });

  it("names who was left out", () => {
    const leftOut = [
      { connector: "collector-contoso", reason: "its credential belongs to the function app." },
    ];
    expect(collectText({ ...place, leftOut, streams: [streamStatus()] })).toContain(
      "collector-contoso was left out: its credential belongs to the function app.",
    );
  });
});

describe("the board", () => {
  it("writes one line for each stream that ends, and none for what is on its way", async () => {
    const written: string[] = [];
    vi.spyOn(process.stderr, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    const rows = [
      { connector: "conductorone", stream: "users" },
      { connector: "conductorone", stream: "groups" },
    ];
    const answer = await withBoard(rows, async (report) => {
      report(streamStatus({ state: "syncing" }));
      report(streamStatus());
      report(streamStatus());
      report(streamStatus({ stream: "groups", state: "error", problem: forbidden }));
      return 7;
    });
    expect(answer).toBe(7);
    expect(written).toEqual([
      "✔ conductorone · users    Syncing -> Connected  first sync  1,234 records · 3 requests · 1.3 s\n",
      "✖ conductorone · groups   Syncing -> Error  first sync  1,234 records · 3 requests · 1.3 s  User.Read.All\n",
    ]);
  });
});
