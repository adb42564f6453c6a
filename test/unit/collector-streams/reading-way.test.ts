import { expect, it } from "vitest";
import { readingWay } from "../../../components/collector/function/streams/reading-way";

it.each([
  [{ objects: undefined, relations: 2 }, "pages"],
  [{ objects: 0, relations: 2 }, "pages"],
  [{ objects: 20_000, relations: 2 }, "pages"],
  [{ objects: 200_000, relations: 2 }, "pages"],
  [{ objects: 300_000, relations: 2 }, "delta"],
  [{ objects: 2_000_000, relations: 0 }, "pages"],
] as const)("reads %j by %s", (facts, way) => {
  expect(readingWay(facts)).toBe(way);
});
