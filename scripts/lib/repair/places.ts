/** Where the object of a resource is: which tenant and cloud its provider worked in. */
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { cloudOf, operatorCredential } from "../azure/credential";
import { graphClient } from "../azure/graph";
import { UserError } from "../errors";
import type { ExportedState, StateResource } from "../stack/state";

const providerInputs = z.looseObject({ tenantId: z.string().optional(), environment: z.string().optional() });

/** azuread's names of the national clouds. */
const cloudNames: Readonly<Record<string, string>> = {
  public: "global",
  global: "global",
  usgovernment: "gcchigh",
  usgovernmentl4: "gcchigh",
  usgovernmentl5: "dod",
  dod: "dod",
  china: "china21vianet",
};

/** Opens Graph where a resource's provider worked; one client a tenant. */
export function graphOf(state: ExportedState): (resource: StateResource) => Promise<Client> {
  const clients = new Map<string, Promise<Client>>();
  return (resource) => {
    const { tenantId, cloud } = placeOf(state, resource);
    const key = `${cloud}/${tenantId}`;
    const client = clients.get(key) ?? openGraph(cloud, tenantId);
    clients.set(key, client);
    return client;
  };
}

async function openGraph(cloudName: string, tenantId: string): Promise<Client> {
  const cloud = await cloudOf(cloudName);
  return graphClient(cloud, operatorCredential(tenantId, cloud));
}

function placeOf(state: ExportedState, resource: StateResource): { tenantId: string; cloud: string } {
  const providerUrn = resource.provider?.replace(/::[^:]*$/, "");
  const provider = state.deployment.resources.find(({ urn }) => urn === providerUrn);
  const { tenantId, environment } = providerInputs.parse(provider?.inputs ?? {});
  const tenant = tenantId ?? process.env.ARM_TENANT_ID ?? process.env.AZURE_TENANT_ID;
  if (tenant) return { tenantId: tenant, cloud: cloudNames[environment ?? "public"] ?? "global" };
  throw new UserError("The tenant of the interrupted deployment is not known.", {
    next: "Set ARM_TENANT_ID to the tenant and run this again.",
  });
}
