import { describe, expect, it } from "vitest";
import { graphAppRoles } from "../../../infra/local/tenant/directory/data/graph-app-roles.generated";
import { authorize, hasRow, listedCalls } from "../../../infra/local/tenant/graph/authorization/authorize";
import { endpointPermissions } from "../../../infra/local/tenant/graph/authorization/endpoint-permissions.generated";
import { supplement } from "../../../infra/local/tenant/graph/authorization/supplement";
import { routes } from "../../../infra/local/tenant/graph/resources";
import { graphClient } from "./graph-client";

/** Listed calls that the local tenant does not serve: they answer 501, as the README of the tenant says. */
const notServed = [
  "GET /users/{id}/mailboxSettings",
  "GET /users/{id}/authentication/methods",
  "GET /users/{id}/authentication/phoneMethods",
  "GET /users/{id}/authentication/requirements",
  "GET /directory/administrativeUnits/{id}/scopedRoleMembers",
  "GET /security/auditLog/queries",
  "GET /security/auditLog/queries/{id}",
  "GET /security/auditLog/queries/{id}/records",
];

describe("the permission table", () => {
  it("has a row for every call that is served", () => {
    expect(
      routes.filter((route) => !hasRow(route.method, route.path)).map((r) => `${r.method} ${r.path}`),
    ).toEqual([]);
  });

  it("supplements only calls or types that the data does not list, and says where each is documented", () => {
    for (const row of supplement) {
      expect(row.page).not.toBe("");
      expect(row.reason).not.toBe("");
      const listed = endpointPermissions.some(
        (other) => other.method === row.method && other.path === row.path,
      );
      expect(listed && row.anyOf.length > 0, `${row.method} ${row.path}`).toBe(false);
    }
  });

  it("never lets a read permission write", () => {
    const reading = graphAppRoles
      .map((role) => role.value)
      .filter((value) => /\.Read(Basic)?\.|\.Read$|\.Read\./.test(value) && !value.includes("Write"));
    // These look up or start a query by POST; nothing in the directory changes.
    const lookUps = ["POST /directoryObjects/getByIds", "POST /security/auditLog/queries"];
    const allowed = listedCalls()
      .filter((row) => row.method !== "GET")
      .filter((row) =>
        authorize({ method: row.method, path: row.path, version: row.versions[0] ?? "v1.0" }, reading),
      )
      .map((row) => `${row.method} ${row.path}`);
    expect(allowed.filter((call) => !lookUps.includes(call))).toEqual([]);
  });

  it("names only permissions that Microsoft Graph publishes", () => {
    const published = new Set(graphAppRoles.map((role) => role.value));
    const unknown = supplement.flatMap((row) =>
      [...row.anyOf, ...Object.values(row.byType ?? {}).flat()].flat(),
    );
    expect([...new Set(unknown)].filter((permission) => !published.has(permission))).toEqual([]);
  });
});

describe("listed reads", () => {
  it("are all served, but for a known list that answers 501", async () => {
    const roles = graphAppRoles.map((role) => role.value);
    const graph = await graphClient(roles);
    const unserved: string[] = [];
    for (const row of listedCalls().filter(({ method, anyOf }) => method === "GET" && anyOf.length > 0)) {
      const version = row.versions.includes("v1.0") ? "v1.0" : "beta";
      const path = row.path.split("?")[0]?.replaceAll("{id}", "00000000-0000-4000-8000-000000000000");
      const reply = await graph.get(`/${version}${path}`);
      if (reply.status === 501) unserved.push(`GET ${row.path}`);
      else expect([200, 400, 403, 404], row.path).toContain(reply.status);
    }
    graph.tenant.close();
    expect([...new Set(unserved)]).toEqual(notServed);
  });
});
