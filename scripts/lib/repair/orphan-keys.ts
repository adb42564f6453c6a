/**
 * Keys on our registrations that no state knows: the engine died after the service had made the secret and before its value
 * was saved. Nobody can use such a key, so it is removed.
 */
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import type { ExportedState, StateResource } from "../stack/state";

const passwordType = "azuread:index/applicationPassword:ApplicationPassword";
const applicationType = "azuread:index/application:Application";

const holder = z.looseObject({
  passwordCredentials: z
    .array(z.looseObject({ keyId: z.string(), displayName: z.string().nullish() }))
    .default([]),
});

/** A key to remove. */
export interface OrphanKey {
  readonly applicationId: string;
  readonly keyId: string;
  readonly displayName: string;
}

/** Names that we give secrets: `<slug>-slot-<0|1>-<generation>`. What has another name is somebody else's and stays. */
const ourName = /^(.+)-slot-[01]-[0-9a-z]+$/;

/** The keys of one registration that have our names and that the state doesn't hold. */
export function orphanKeysOf(
  application: StateResource,
  keys: z.infer<typeof holder>["passwordCredentials"],
  knownKeyIds: ReadonlySet<string>,
): OrphanKey[] {
  const slug = slugOf(application);
  return keys.flatMap(({ keyId, displayName }) => {
    const owner = ourName.exec(displayName ?? "")?.[1];
    const isOurs = owner !== undefined && owner === slug;
    if (!isOurs || knownKeyIds.has(keyId.toLowerCase())) return [];
    return [{ applicationId: application.id ?? "", keyId, displayName: displayName ?? "" }];
  });
}

/** Finds the orphan keys of all registrations in the state and removes them; answers what was removed. */
export async function removeOrphanKeys(
  state: ExportedState,
  graphOf: (resource: StateResource) => Promise<Client>,
): Promise<OrphanKey[]> {
  const known = knownKeys(state);
  const removed: OrphanKey[] = [];
  for (const application of registrations(state)) {
    const graph = await graphOf(application);
    const keys = await keysOf(graph, application.id ?? "");
    for (const orphan of orphanKeysOf(application, keys, known)) {
      await graph.api(`${orphan.applicationId}/removePassword`).post({ keyId: orphan.keyId });
      removed.push(orphan);
    }
  }
  return removed;
}

function registrations({ deployment }: ExportedState): StateResource[] {
  return deployment.resources.filter(({ type, id }) => type === applicationType && id !== undefined);
}

/** Key ids that the state holds; a password's id ends in its key id. */
function knownKeys({ deployment }: ExportedState): ReadonlySet<string> {
  const passwords = deployment.resources.filter(({ type }) => type === passwordType);
  return new Set(passwords.map(({ id = "" }) => id.slice(id.lastIndexOf("/") + 1).toLowerCase()));
}

/** A registration that is gone has no keys; the refresh and the deployment deal with it. */
async function keysOf(
  graph: Client,
  applicationId: string,
): Promise<z.infer<typeof holder>["passwordCredentials"]> {
  try {
    const path = `${applicationId}?$select=id,passwordCredentials`;
    return holder.parse(await graph.api(path).get()).passwordCredentials;
  } catch (error) {
    if (error instanceof Error && "statusCode" in error && error.statusCode === 404) return [];
    throw error;
  }
}

/** The connector's slug, from the tag `entra-connectors:<stack>/<slug>`. */
function slugOf(application: StateResource): string | undefined {
  const tags = z.array(z.string()).catch([]).parse(application.inputs.tags);
  return tags.find((tag) => tag.startsWith("entra-connectors:"))?.split("/")[1];
}
