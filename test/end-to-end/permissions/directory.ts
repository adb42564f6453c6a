/** Makes applications by hand in a lab's tenant, as an administrator would in the portal. */
import type { Client } from "@microsoft/microsoft-graph-client";
import { findRole } from "../../../components/permissions/catalogue/find-role";
import { cloudOf, operatorCredential } from "../../../scripts/lib/azure/credential";
import { graphClient, listAll } from "../../../scripts/lib/azure/graph";
import { type Lab, tenantId } from "../../faults/lab";

type GraphName = Parameters<typeof findRole>[1];

/** An application with its service principal. */
export interface MadeApp {
  readonly objectId: string;
  readonly clientId: string;
  readonly principalId: string;
}

/** A fresh Graph client of the lab's deployer: its next token carries what was granted a moment ago. */
export async function deployerClient(lab: Lab): Promise<Client> {
  Object.assign(process.env, lab.environment);
  const cloud = await cloudOf("global");
  return graphClient(cloud, operatorCredential(tenantId, cloud));
}

/** Object id of the service principal of an API. */
export async function apiPrincipal(
  client: Client,
  appId = "00000003-0000-0000-c000-000000000000",
): Promise<string> {
  const filter = encodeURIComponent(`appId eq '${appId}'`);
  const [found] = (await listAll(client, `/servicePrincipals?$filter=${filter}`)) as { id: string }[];
  return found?.id ?? "";
}

/** Registers an application and adds it to the tenant. */
export async function makeApp(client: Client, body: Readonly<Record<string, unknown>>): Promise<MadeApp> {
  const application: { id: string; appId: string } = await client.api("/applications").post(body);
  const principal: { id: string } = await client.api("/servicePrincipals").post({ appId: application.appId });
  return { objectId: application.id, clientId: application.appId, principalId: principal.id };
}

/** Grants Graph permissions to a service principal. */
export async function grant(client: Client, principalId: string, ...names: GraphName[]): Promise<void> {
  const resourceId = await apiPrincipal(client);
  for (const name of names) {
    const appRoleId = findRole("graph", name).id;
    await client
      .api(`/servicePrincipals/${resourceId}/appRoleAssignedTo`)
      .post({ principalId, resourceId, appRoleId });
  }
}

/** Takes Graph permissions of a service principal back. */
export async function revoke(client: Client, principalId: string, ...names: GraphName[]): Promise<void> {
  const resourceId = await apiPrincipal(client);
  const held = (await listAll(client, `/servicePrincipals/${principalId}/appRoleAssignments`)) as {
    id: string;
    appRoleId: string;
  }[];
  const ids = new Set(names.map((name) => findRole("graph", name).id));
  for (const { id } of held.filter(({ appRoleId }) => ids.has(appRoleId))) {
    await client.api(`/servicePrincipals/${resourceId}/appRoleAssignedTo/${id}`).delete();
  }
}

/** Adds a client secret, valid for so many days, and answers its text. */
export async function addSecret(client: Client, { objectId }: MadeApp, days: number): Promise<string> {
  const answer: { secretText: string } = await client.api(`/applications/${objectId}/addPassword`).post({
    passwordCredential: {
      displayName: `${days} days`,
      endDateTime: new Date(Date.now() + days * 86_400_000).toISOString(),
    },
  });
  return answer.secretText;
}

/** Replication is not what these tests are about. */
export async function replicateAtOnce(lab: Lab): Promise<void> {
  await lab.admin("PUT", "/delays", {
    lists: 0,
    "token-endpoint": 0,
    "roles-claim": 0,
    references: 0,
    "exchange-roles": 0,
  });
}
