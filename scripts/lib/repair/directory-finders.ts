/**
 * How the object of an interrupted creation is found in the directory, one finder a resource type. Each answers the id that the
 * azuread provider gives such a resource, or undefined when there is no such object.
 */
import { createHash, X509Certificate } from "node:crypto";
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { listAll } from "../azure/graph";
import type { StateResource } from "../stack/state";

/** Looks for one object. */
export type Finder = (inputs: StateResource["inputs"], graph: Client) => Promise<string | undefined>;

const tagged = z.looseObject({ id: z.string(), tags: z.array(z.string()).default([]) });

/** By its tag: the name may be a placeholder while the provider is still at work on it. */
const application: Finder = async (inputs, graph) => {
  const tag = z
    .array(z.string())
    .parse(inputs.tags ?? [])
    .find((text) => text.startsWith("entra-connectors:"));
  if (tag === undefined) return undefined;
  const applications = await listAll(graph, "/applications?$select=id,tags&$top=999");
  const found = applications.map((entry) => tagged.parse(entry)).find(({ tags }) => tags.includes(tag));
  return found && `/applications/${found.id}`;
};

const servicePrincipal: Finder = async (inputs, graph) => {
  const clientId = z.string().parse(inputs.clientId);
  const found = await firstOf(
    graph,
    `/servicePrincipals?$filter=${encodeURIComponent(`appId eq '${clientId}'`)}`,
  );
  return found && `/servicePrincipals/${found.id}`;
};

const appRoleInputs = z.looseObject({
  principalObjectId: z.string(),
  resourceObjectId: z.string(),
  appRoleId: z.string(),
});

const appRoleAssignment: Finder = async (inputs, graph) => {
  const { principalObjectId, resourceObjectId, appRoleId } = appRoleInputs.parse(inputs);
  const found = await firstOf(
    graph,
    `/servicePrincipals/${principalObjectId}/appRoleAssignments`,
    (entry) => entry.resourceId === resourceObjectId && entry.appRoleId === appRoleId,
  );
  return found && `/servicePrincipals/${resourceObjectId}/appRoleAssignedTo/${found.id}`;
};

const roleInputs = z.looseObject({ principalObjectId: z.string(), roleId: z.string() });

const directoryRoleAssignment: Finder = async (inputs, graph) => {
  const { principalObjectId, roleId } = roleInputs.parse(inputs);
  const filter = encodeURIComponent(`principalId eq '${principalObjectId}'`);
  const path = `/roleManagement/directory/roleAssignments?$filter=${filter}`;
  const found = await firstOf(graph, path, (entry) => entry.roleDefinitionId === roleId);
  return found && `/roleManagement/directory/roleAssignments/${found.id}`;
};

const ofApplication = z.looseObject({ applicationId: z.string().startsWith("/applications/") });

const federatedIdentityCredential: Finder = async (inputs, graph) => {
  const { applicationId } = ofApplication.parse(inputs);
  const path = `${applicationId}/federatedIdentityCredentials`;
  const found = await firstOf(graph, path, (entry) => entry.name === inputs.displayName);
  return found && `${objectIdOf(applicationId)}/federatedIdentityCredential/${found.id}`;
};

const keyCredentials = z.looseObject({
  keyCredentials: z
    .array(z.looseObject({ keyId: z.string(), customKeyIdentifier: z.string().nullish() }))
    .default([]),
});

/** By its thumbprint: the key id was made up by the provider that is gone. */
const applicationCertificate: Finder = async (inputs, graph) => {
  const { applicationId } = ofApplication.parse(inputs);
  const pem = z.string().safeParse(inputs.value).data;
  if (pem === undefined) return undefined;
  const digest = createHash("sha1").update(new X509Certificate(pem).raw).digest();
  const thumbprints = new Set([digest.toString("hex").toUpperCase(), digest.toString("base64")]);
  const keys = keyCredentials.parse(await graph.api(`${applicationId}?$select=id,keyCredentials`).get());
  const found = keys.keyCredentials.find(({ customKeyIdentifier }) =>
    thumbprints.has(customKeyIdentifier ?? ""),
  );
  return found && `${objectIdOf(applicationId)}/certificate/${found.keyId}`;
};

/** Finders by resource type. A secret has none: its value is lost, so the key is removed instead (orphan-keys). */
export const directoryFinders: Readonly<Record<string, Finder>> = {
  "azuread:index/application:Application": application,
  "azuread:index/servicePrincipal:ServicePrincipal": servicePrincipal,
  "azuread:index/appRoleAssignment:AppRoleAssignment": appRoleAssignment,
  "azuread:index/directoryRoleAssignment:DirectoryRoleAssignment": directoryRoleAssignment,
  "azuread:index/applicationFederatedIdentityCredential:ApplicationFederatedIdentityCredential":
    federatedIdentityCredential,
  "azuread:index/applicationCertificate:ApplicationCertificate": applicationCertificate,
};

const entity = z.looseObject({ id: z.string() });
type Entity = z.infer<typeof entity>;

async function firstOf(
  graph: Client,
  path: string,
  matches: (entry: Entity) => boolean = () => true,
): Promise<Entity | undefined> {
  const entries = await listAll(graph, path);
  return entries.map((entry) => entity.parse(entry)).find(matches);
}

function objectIdOf(applicationId: string): string {
  return applicationId.slice("/applications/".length);
}
