import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { difference } from "../../../components/plugin/serve/difference";
import { UNKNOWN } from "../../../components/plugin/serve/values";

describe("difference", () => {
  it.each([
    ["a new property", {}, { a: 1 }, [{ path: "a", kind: "add" }]],
    ["a property that went", { a: 1 }, {}, [{ path: "a", kind: "delete" }]],
    ["a changed text in a map", { w: { a: "x" } }, { w: { a: "y" } }, [{ path: "w.a", kind: "update" }]],
    ["a changed member of a list", { l: [1, 2] }, { l: [1, 3] }, [{ path: "l[1]", kind: "update" }]],
    ["an unknown value", { a: "x" }, { a: UNKNOWN }, [{ path: "a", kind: "update" }]],
    ["an empty list", { l: [] }, {}, []],
    ["an empty map", {}, { m: {} }, []],
    ["a note of the kit", { __x: true }, {}, []],
  ])("sees %s", (_, olds, news, changes) => {
    expect(difference(olds, news)).toEqual(changes);
  });

  it("takes a set's order as no change, and shows what came and went", () => {
    const meaning = { unordered: ["tags"] };
    expect(difference({ tags: ["a", "b"] }, { tags: ["b", "a"] }, meaning)).toEqual([]);
    expect(difference({ tags: ["a", "b"] }, { tags: ["c", "a"] }, meaning)).toEqual([
      { path: "tags[1]", kind: "delete" },
      { path: "tags[0]", kind: "add" },
    ]);
  });

  it("never sees a change in a shuffled set", () => {
    const lists = fc
      .array(fc.string())
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(lists, ([olds, news]) => {
        expect(difference({ tags: olds }, { tags: news }, { unordered: ["tags"] })).toEqual([]);
      }),
    );
  });

  it("takes an absent property as its default, nested ones too", () => {
    const defaults = { audience: "own", "web.grant.id": false };
    expect(difference({ audience: "own" }, {}, { defaults })).toEqual([]);
    expect(difference({}, { web: { grant: { id: false } } }, { defaults })).toEqual([]);
    expect(difference({}, { web: { grant: { id: true } } }, { defaults })).toEqual([
      { path: "web", kind: "add" },
    ]);
    expect(difference({ audience: "all" }, {}, { defaults })).toEqual([{ path: "audience", kind: "update" }]);
  });

  it("takes what the service chose as no change when nothing is declared", () => {
    const meaning = { serverChosen: ["startDate"] };
    expect(difference({ startDate: "x" }, {}, meaning)).toEqual([]);
    expect(difference({ startDate: "x" }, { startDate: "y" }, meaning)).toHaveLength(1);
  });

  it("ignores case where told", () => {
    expect(
      difference({ location: "WestEurope" }, { location: "westeurope" }, { caseInsensitive: ["location"] }),
    ).toEqual([]);
    expect(difference({ location: "WestEurope" }, { location: "westeurope" })).toHaveLength(1);
  });
});
