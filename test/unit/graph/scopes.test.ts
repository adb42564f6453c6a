import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seedDirectory } from "../../../infra/local/tenant/directory/seed";
import { type GraphClient, graphClient } from "./graph-client";

const roles = [
  "AdministrativeUnit.ReadWrite.All",
  "Application.Read.All",
  "Directory.Read.All",
  "Group.ReadWrite.All",
  "RoleManagement.ReadWrite.Directory",
];
const reference = (id: string) => ({
  "@odata.id": `https://graph.microsoft.com/beta/directoryObjects/${id}`,
});

let graph: GraphClient;
beforeEach(async () => {
  graph = await graphClient(roles);
  await seedDirectory(graph.tenant, { users: 40, groups: 0, seed: 1 });
});
afterEach(() => graph.tenant.close());

describe("an administrative unit", () => {
  const group = {
    "@odata.type": "#microsoft.graph.group",
    displayName: "Inside",
    mailEnabled: false,
    mailNickname: "inside",
    securityEnabled: true,
  };
  const units = async () => (await graph.get("/v1.0/directory/administrativeUnits")).body.value;
  const membersOf = (id: string) => `/beta/directory/administrativeUnits/${id}/members`;

  it("gets a group of its own by one request, and takes and loses others by reference", async () => {
    const [first, second] = await units();
    const created = await graph.call("POST", membersOf(String(first?.id)), group);
    expect(created).toMatchObject({ status: 201, body: { displayName: "Inside" } });
    const path = `/beta/groups/${created.body.id}`;
    expect((await graph.get(`${path}/memberOf`)).body.value).toMatchObject([
      { id: first?.id, "@odata.type": "#microsoft.graph.administrativeUnit" },
    ]);
    const others = membersOf(String(second?.id));
    const add = () => graph.call("POST", `${others}/$ref`, reference(created.body.id));
    expect((await add()).status).toBe(204);
    expect((await add()).body.error.message).toContain("object references already exist");
    expect((await graph.get(`${path}/memberOf`)).body.value).toHaveLength(2);
    const remove = () => graph.call("DELETE", `${others}/${created.body.id}/$ref`);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  it("takes no application, and nothing at all from a caller that may only read units", async () => {
    const [unit] = await units();
    const path = membersOf(String(unit?.id));
    const application = { "@odata.type": "#microsoft.graph.application", displayName: "a" };
    expect((await graph.call("POST", path, application)).status).toBe(400);
    const [principal] = (await graph.get("/v1.0/servicePrincipals?$top=1")).body.value;
    expect((await graph.call("POST", `${path}/$ref`, reference(String(principal?.id)))).status).toBe(400);
    const reader = await graph.as(["AdministrativeUnit.Read.All", "Directory.Read.All"]);
    expect((await reader.call("POST", path, group)).status).toBe(403);
    expect((await reader.call("POST", `${path}/$ref`, reference(String(principal?.id)))).status).toBe(403);
  });
});

describe("a role assignment", () => {
  it("shows the kind of scope that it was made with", async () => {
    const path = "/v1.0/roleManagement/directory/roleAssignments";
    const [principal] = (await graph.get("/v1.0/servicePrincipals?$top=1")).body.value;
    const wanted = {
      principalId: principal?.id,
      roleDefinitionId: "29232cdf-9323-42fd-ade2-1d097af3e4de",
    };
    for (const [scope, shown] of [
      [{ directoryScopeId: "/" }, { directoryScopeId: "/", appScopeId: null }],
      [{ appScopeId: "/" }, { directoryScopeId: "/", appScopeId: "/" }],
    ]) {
      const created = await graph.call("POST", path, { ...wanted, ...scope });
      expect((await graph.get(`${path}/${created.body.id}`)).body).toMatchObject({ ...wanted, ...shown });
      expect((await graph.call("DELETE", `${path}/${created.body.id}`)).status).toBe(204);
    }
  });
});
