/** The application that contestants sign in as, made as the tenant's deployer. */
import type { Endpoint } from "../../../infra/local/tenant/process";
import { GraphCalls } from "./graph-calls";

/** Application roles by the API that has them: to read, and for the changes that an increment is to find. */
const permissions: Readonly<Record<string, readonly string[]>> = {
  // Microsoft Graph
  "00000003-0000-0000-c000-000000000000": [
    "User.Read.All",
    "Group.Read.All",
    "GroupMember.Read.All",
    "Application.Read.All",
    "AuditLog.Read.All",
    "User.ReadWrite.All",
    "GroupMember.ReadWrite.All",
  ],
  // Office 365 Management APIs
  "c5393580-f805-4401-95e8-94b7a6ef2fc2": ["ActivityFeed.Read"],
};

/** What contestants sign in as. */
export interface Reader {
  readonly clientId: string;
  readonly secret: string;
}

export async function makeReader(endpoint: Endpoint, deployerSecret: string): Promise<Reader> {
  const { clientId } = endpoint.deployer;
  const graph = await GraphCalls.signIn(endpoint, { clientId, secret: deployerSecret });
  try {
    const application = await graph.post("/applications", { displayName: "Bench" });
    const password = await graph.post(`/applications/${application.id}/addPassword`, {
      passwordCredential: { displayName: "bench" },
    });
    const principal = await graph.post("/servicePrincipals", { appId: application.appId });
    for (const [api, roles] of Object.entries(permissions))
      await grant(graph, String(principal.id), api, roles);
    return { clientId: String(application.appId), secret: String(password.secretText) };
  } finally {
    await graph.close();
  }
}

async function grant(graph: GraphCalls, principalId: string, api: string, roles: readonly string[]) {
  const found = await graph.get(`/servicePrincipals?$filter=appId eq '${api}'`);
  const [service] = found.value as { id: string; appRoles: { id: string; value: string }[] }[];
  for (const permission of roles) {
    const role = service?.appRoles.find(({ value }) => value === permission);
    await graph.post(`/servicePrincipals/${service?.id}/appRoleAssignedTo`, {
      principalId,
      resourceId: service?.id,
      appRoleId: role?.id,
    });
  }
}
