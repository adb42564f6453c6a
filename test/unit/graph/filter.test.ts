import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GraphError } from "../../../infra/local/tenant/graph/errors";
import { matches, readInside } from "../../../infra/local/tenant/graph/odata/filter-evaluation";
import { parseFilter } from "../../../infra/local/tenant/graph/odata/filter-parser";

const holds = (filter: string, entity: unknown): boolean =>
  matches(parseFilter(filter), (path) => readInside(entity, path));

const ada = {
  displayName: "Ada O'Brien",
  accountEnabled: true,
  mail: null,
  createdDateTime: "2026-03-01T10:00:00Z",
  groupTypes: ["Unified", "DynamicMembership"],
  assignedLicenses: [{ skuId: "05e9a617-0261-4cee-bb44-138d3ef5d965" }],
  signInActivity: { lastSignInDateTime: "2026-05-01T00:00:00Z" },
  level: 7,
};

describe("a filter", () => {
  it.each([
    ["displayName eq 'ada o''brien'", true],
    ["displayName eq 'Ada'", false],
    ["displayName ne 'Ada'", true],
    ["mail eq null", true],
    ["mail ne null", false],
    ["accountEnabled eq true and mail eq null", true],
    ["accountEnabled eq false or mail eq null", true],
    ["not (accountEnabled eq true)", false],
    ["not startswith(displayName,'B')", true],
    // `and` binds closer than `or`.
    ["accountEnabled eq true or accountEnabled eq true and mail ne null", true],
    ["(accountEnabled eq true or accountEnabled eq true) and mail ne null", false],
    ["startswith(displayName, 'ADA')", true],
    ["startswith(displayName,'ada') eq false", false],
    ["endswith(displayName,'brien')", true],
    ["displayName in ('x', 'Ada O''Brien')", true],
    ["level gt 6 and level le 7", true],
    ["level lt 7", false],
    ["createdDateTime ge 2026-03-01T10:00:00Z", true],
    ["createdDateTime gt 2026-03-01T10:00:00.000Z", false],
    ["createdDateTime lt 2026-03-02", true],
    ["signInActivity/lastSignInDateTime le 2026-05-01T00:00:00Z", true],
    ["groupTypes/any(c:c eq 'Unified')", true],
    ["groupTypes/any(c:c eq 'Other')", false],
    ["groupTypes/all(c:startswith(c,'U'))", false],
    ["groupTypes/any()", true],
    ["groupTypes/$count eq 2", true],
    ["assignedLicenses/any(x:x/skuId eq 05e9a617-0261-4cee-bb44-138d3ef5d965)", true],
  ])("%s is %s", (filter, expected) => {
    expect(holds(filter, ada)).toBe(expected);
  });

  it.each([
    "displayName eq 'O'Brien'",
    "displayName eq 'open",
    "displayName",
    "displayName eq",
    "displayName like 'x'",
    "(displayName eq 'x'",
    "displayName eq 'x')",
    "eq 'x'",
    "displayName in ()",
    "displayName eq 'x' and",
    "groupTypes/any(c:c eq 'x'",
    "displayName = 'x'",
    "",
  ])("%s is 400 BadRequest", (filter) => {
    expect(() => parseFilter(filter)).toThrowError(
      expect.objectContaining({ status: 400, code: "BadRequest" }),
    );
  });

  it("finds any text by itself once its quotes are doubled", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (displayName) => {
        expect(holds(`displayName eq '${displayName.replaceAll("'", "''")}'`, { displayName })).toBe(true);
      }),
    );
  });

  it("either parses or is a GraphError, whatever the text", () => {
    const parts = fc.constantFrom(
      "a",
      "'x'",
      "''",
      "'",
      "eq",
      "and",
      "or",
      "not",
      "in",
      "(",
      ")",
      ",",
      "/",
      "any",
      ":",
      "1",
      "$count",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(parts).map((list) => list.join(" ")),
        ),
        (text) => {
          try {
            parseFilter(text);
          } catch (error) {
            expect(error).toBeInstanceOf(GraphError);
          }
        },
      ),
    );
  });

  it("obeys De Morgan for any pair of conditions", () => {
    const condition = fc.record({
      level: fc.integer({ min: 0, max: 9 }),
      operator: fc.constantFrom("eq", "ne", "gt", "le"),
    });
    fc.assert(
      fc.property(condition, condition, fc.integer({ min: 0, max: 9 }), (a, b, level) => {
        const [left, right] = [a, b].map((one) => `level ${one.operator} ${one.level}`);
        expect(holds(`not (${left} and ${right})`, { level })).toBe(
          holds(`not ${left} or not ${right}`, { level }),
        );
      }),
    );
  });
});
