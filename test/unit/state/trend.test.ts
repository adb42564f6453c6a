import { describe, expect, it } from "vitest";
import { assess, compareAssessments, earlierAssessments, keepAssessment } from "../../../components/state";
import { memoryStore } from "../collector-runtime/memory-store";
import { type Golden, healthy, healthyOptions, now } from "./golden";

const day = 86_400_000;
const on = (golden: Golden, days: number, options = {}) =>
  assess(golden.source(), { ...healthyOptions, now: new Date(now.getTime() + days * day), ...options });

async function kept(...goldens: Golden[]) {
  const { state } = memoryStore();
  for (const [index, golden] of goldens.entries()) await keepAssessment(state, await on(golden, index));
  return state;
}

const empty = (...names: string[]) => {
  const golden = healthy();
  for (const name of names) golden.group(name, []);
  return golden;
};

describe("assessments by day", () => {
  it("come back in order, without today's and without damaged ones", async () => {
    const state = await kept(healthy(), empty("a"), empty("a", "b"));
    await state.write("golden/assessments/2026-06-14.json", Buffer.from("{"));
    const all = await earlierAssessments(state, ["golden"], new Date(now.getTime() + 2 * day));
    expect(all.map(({ assessedAt }) => assessedAt.slice(0, 10))).toEqual(["2026-06-15", "2026-06-16"]);
    expect(await earlierAssessments(state, ["golden"], new Date(now.getTime() + 2 * day), 1)).toHaveLength(1);
    expect(await earlierAssessments(state, ["other"], now)).toEqual([]);
  });

  it("are one a day: the last", async () => {
    const { state } = memoryStore();
    await keepAssessment(state, await on(empty("a"), 0));
    await keepAssessment(state, await on(healthy(), 0.1));
    const [only, ...others] = await earlierAssessments(state, ["golden"], new Date(now.getTime() + day));
    expect(others).toEqual([]);
    expect(only?.metrics.find(({ id }) => id === "empty-security-groups")).toMatchObject({
      result: "ok",
      count: 0,
    });
  });
});

describe("what changed", () => {
  const moved: readonly (readonly [string, Golden, Golden, object])[] = [
    ["new", healthy(), empty("a"), { change: "new", difference: 1, gone: [] }],
    [
      "resolved",
      empty("a"),
      healthy(),
      { change: "resolved", difference: -1, added: [], gone: [{ id: "a", name: "a" }] },
    ],
    ["more", empty("a"), empty("a", "b", "c"), { change: "more", difference: 2, gone: [] }],
    [
      "fewer",
      empty("a", "b"),
      empty("b"),
      { change: "fewer", difference: -1, gone: [{ id: "a", name: "a" }] },
    ],
    ["the same", empty("a"), empty("a"), { change: "same", difference: 0, added: [], gone: [] }],
    ["others", empty("a"), empty("b"), { change: "same", difference: 0, gone: [{ id: "a", name: "a" }] }],
  ];

  it.each(moved)("%s", async (_, before, after, expected) => {
    const state = await kept(before);
    const [earlier] = await earlierAssessments(state, ["golden"], new Date(now.getTime() + day));
    const trends = compareAssessments(await on(after, 1), earlier ?? expect.fail());
    expect(trends.find(({ id }) => id === "empty-security-groups")).toMatchObject(expected);
    const quiet = trends.filter(({ change }) => change !== "same").map(({ id }) => id);
    expect(quiet.filter((id) => id !== "empty-security-groups")).toEqual([]);
  });

  it("is not known of what was not assessed", async () => {
    const state = await kept(healthy());
    const [earlier] = await earlierAssessments(state, ["golden"], new Date(now.getTime() + day));
    const after = await on(healthy(), 1, { exchange: undefined });
    const trend = compareAssessments(after, earlier ?? expect.fail()).find(
      ({ id }) => id === "unified-audit-log",
    );
    expect(trend).toMatchObject({ change: "unknown", difference: 0 });
  });

  it("is not known where another threshold held: nobody resolved anything", async () => {
    const state = await kept(empty("a"));
    const [earlier] = await earlierAssessments(state, ["golden"], new Date(now.getTime() + day));
    const after = await on(empty("a"), 1, { thresholds: { emptySecurityGroupsPercent: 50 } });
    const trends = compareAssessments(after, earlier ?? expect.fail());
    const unknown = trends.filter(({ change }) => change === "unknown").map(({ id }) => id);
    expect(unknown).toEqual(["empty-security-groups"]);
  });

  it("names no objects where the evidence was cut", async () => {
    const { state } = memoryStore();
    await keepAssessment(state, await on(empty("a", "b", "c"), 0, { evidenceLimit: 1 }));
    const [earlier] = await earlierAssessments(state, ["golden"], new Date(now.getTime() + day));
    const after = await on(empty("b", "c"), 1, { evidenceLimit: 1 });
    const trend = compareAssessments(after, earlier ?? expect.fail()).find(
      ({ id }) => id === "empty-security-groups",
    );
    expect(trend).toMatchObject({ change: "fewer", added: [], gone: [] });
  });
});
