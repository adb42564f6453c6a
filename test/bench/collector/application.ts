/** The application that contestants sign in as, made as the tenant's deployer. */
import type { Endpoint } from "../../../infra/local/tenant/process";
import { GraphCalls } from "./graph-calls";

const graphAppId = "00000003-0000-0000-c000-000000000000";
/** To read, and for the changes that an increment is to find. */
const permissions = [
  "User.Read.All",
  "Group.Read.All",
  "GroupMember.Read.All",
  "Application.Read.All",
  "User.ReadWrite.All",
  "GroupMember.ReadWrite.All",
];

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
    const found = await graph.get(`/servicePrincipals?$filter=appId eq '${graphAppId}'`);
    const [service] = found.value as { id: string; appRoles: { id: string; value: string }[] }[];
    for (const permission of permissions) {
      const role = service?.appRoles.find(({ value }) => value === permission);
      await graph.post(`/servicePrincipals/${service?.id}/appRoleAssignedTo`, {
        principalId: principal.id,
        resourceId: service?.id,
        appRoleId: role?.id,
      });
    }
    return { clientId: String(application.appId), secret: String(password.secretText) };
  } finally {
    await graph.close();
  }
}
