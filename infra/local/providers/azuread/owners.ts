import { z } from "zod";
import type { Api } from "../http/api";
import type { Limits } from "../http/time";

/** How many owners a creation can name; the rest are added afterwards. */
const OWNERS_IN_CREATION = 20;

const ownersAnswer = z.object({
  value: z.array(z.object({ id: z.string() })),
  "@odata.nextLink": z.string().optional(),
});

/** The `owners@odata.bind` of a creation: the caller first, so that it may go on working on what it made. */
export function boundOwners(graph: Api, caller: string, owners: readonly string[]): string[] {
  const others = owners.filter((owner) => owner !== caller);
  return [caller, ...others].slice(0, OWNERS_IN_CREATION).map((owner) => ownerUrl(graph, owner));
}

/** Finishes what a creation could not say: owners beyond the limit come in, the caller goes when it is not wanted. */
export async function completeOwners(
  graph: Api,
  path: string,
  caller: string,
  owners: readonly string[],
  limits: Limits,
): Promise<void> {
  const others = owners.filter((owner) => owner !== caller);
  for (const owner of others.slice(OWNERS_IN_CREATION - 1)) await addOwner(graph, path, owner, limits);
  if (!owners.includes(caller)) await removeOwner(graph, path, caller, limits);
}

/** Makes the owners exactly those; new ones come before old ones go. */
export async function setOwners(
  graph: Api,
  path: string,
  owners: readonly string[],
  limits: Limits,
): Promise<void> {
  const existing = await readOwners(graph, path, limits);
  for (const owner of owners.filter((id) => !existing.includes(id)))
    await addOwner(graph, path, owner, limits);
  for (const owner of existing.filter((id) => !owners.includes(id)))
    await removeOwner(graph, path, owner, limits);
}

/** Object ids of all owners. */
export async function readOwners(graph: Api, path: string, limits: Limits): Promise<string[]> {
  const owners: string[] = [];
  for (let next: string | undefined = `${path}/owners`; next !== undefined; ) {
    const page = ownersAnswer.parse((await graph.call("GET", next, limits)).body);
    owners.push(...page.value.map((owner) => owner.id));
    next = page["@odata.nextLink"];
  }
  return owners;
}

async function addOwner(graph: Api, path: string, owner: string, limits: Limits): Promise<void> {
  await graph.call("POST", `${path}/owners/$ref`, limits, { "@odata.id": ownerUrl(graph, owner) });
}

async function removeOwner(graph: Api, path: string, owner: string, limits: Limits): Promise<void> {
  await graph.call("DELETE", `${path}/owners/${owner}/$ref`, limits);
}

function ownerUrl(graph: Api, owner: string): string {
  return `${graph.root}/directoryObjects/${owner}`;
}
