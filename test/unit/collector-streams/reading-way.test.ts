import { expect, it } from "vitest";
import { readingWay } from "../../../components/collector/function/streams/reading-way";

it.each([
  [{ objects: undefined, unitsPerObject: 2 }, "pages"],
  [{ objects: 0, unitsPerObject: 2 }, "pages"],
  [{ objects: 20_000, unitsPerObject: 2 }, "pages"],
  [{ objects: 2_000_000, unitsPerObject: 2 }, "delta"],
  [{ objects: 2_000_000, unitsPerObject: 0 }, "pages"],
] as const)("reads %j by %s", (facts, way) => {
  expect(readingWay(facts)).toBe(way);
});
