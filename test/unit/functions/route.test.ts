import { describe, expect, test } from "vitest";
import { Route, RouteError } from "../../../infra/local/functions/http/route";

describe("routes of HTTP functions", () => {
  test.each([
    ["/api/sync", "/api/sync", {}],
    ["/api/sync", "/API/Sync/", {}],
    ["/api/sync", "/api/sync/more", undefined],
    ["/api/{name}", "/api/a%2Fb", { name: "a/b" }],
    ["/api/{name?}", "/api", {}],
    ["/api/{id:int}", "/api/x", undefined],
    ["/api/{id:int}", "/api/-12", { id: "-12" }],
    [
      "/api/{id:guid}",
      "/api/0b1f6471-1bf0-4dda-aec3-cb9272f09590",
      { id: "0b1f6471-1bf0-4dda-aec3-cb9272f09590" },
    ],
    ["/api/{*rest}", "/api/a/b/c", { rest: "a/b/c" }],
    ["/api/a.b", "/api/aXb", undefined],
  ])("%s, %s", (template, path, params) => {
    expect(new Route(template).match(path)).toEqual(params);
  });

  test("the more exact comes first", () => {
    const ranks = ["/api/{*rest}", "/api/{name}", "/api/{id:int}", "/api/sync"].map(
      (template) => new Route(template).rank,
    );
    expect([...ranks].sort()).toEqual([...ranks].reverse());
  });

  test("what is not understood is refused", () => {
    expect(() => new Route("/api/{id:range(1,2)}")).toThrow(RouteError);
  });
});
