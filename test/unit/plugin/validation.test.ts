import { describe, expect, it } from "vitest";
import { z } from "zod";
import { refusals } from "../../../components/plugin/serve/validation";
import { UNKNOWN } from "../../../components/plugin/serve/values";

const schema = z.strictObject({
  displayName: z.string().min(1, "must not be empty"),
  id: z.guid("must be a GUID").optional(),
  web: z.strictObject({ redirectUris: z.array(z.string()).optional() }).optional(),
  kind: z.union([z.literal("a"), z.strictObject({ n: z.number() })]).optional(),
});

describe("refusals", () => {
  it.each([
    ["a missing property", {}, "displayName", /^is required \(string\)$/],
    ["a wrong type", { displayName: 1 }, "displayName", /expected string/],
    ["a broken rule", { displayName: "" }, "displayName", /^must not be empty$/],
    [
      "a misspelt property",
      { displayName: "x", dispalyName: "y" },
      "dispalyName",
      /^is not a known property$/,
    ],
    [
      "a nested unknown property",
      { displayName: "x", web: { uris: [] } },
      "web.uris",
      /^is not a known property$/,
    ],
    [
      "a wrong list member",
      { displayName: "x", web: { redirectUris: [1] } },
      "web.redirectUris[0]",
      /expected string/,
    ],
  ])("names %s", (_, inputs, property, reason) => {
    expect(refusals(inputs, schema)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  it("suggests the property that was meant, when it is not there", () => {
    expect(refusals({ dispalyName: "y" }, schema)).toContainEqual({
      property: "dispalyName",
      reason: 'is not a known property; did you mean "displayName"?',
    });
  });

  it("refuses what is not carried with its own sentence", () => {
    const notCarried = { logo: "is not carried", "web.homepage": "is not carried either" };
    const inputs = { displayName: "x", logo: "y", web: { homepage: "z" } };
    expect(refusals(inputs, schema, notCarried)).toEqual([
      { property: "web.homepage", reason: "is not carried either" },
      { property: "logo", reason: "is not carried" },
    ]);
  });

  it("judges nothing that is, or holds, an unknown", () => {
    expect(
      refusals({ displayName: UNKNOWN, id: UNKNOWN, web: UNKNOWN, kind: { n: UNKNOWN } }, schema),
    ).toEqual([]);
    expect(refusals({ displayName: "x", web: { redirectUris: [UNKNOWN] } }, schema)).toEqual([]);
  });

  it("still judges what lies beside an unknown", () => {
    expect(refusals({ displayName: UNKNOWN, id: "no", extra: UNKNOWN }, schema)).toEqual([
      { property: "id", reason: "must be a GUID" },
      { property: "extra", reason: "is not a known property" },
    ]);
  });
});
