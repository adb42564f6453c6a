import type { Api } from "../../http/api";
import { waitUntil } from "../../http/poll";
import type { Limits } from "../../http/time";

const DATA_PLANE_VERSION = "api-version=7.4";

/** Brings a soft-deleted secret of that name back, so that a new version can be written to it. */
export async function recoverSecret(vault: Api, name: string, limits: Limits): Promise<void> {
  const deleted = `/deletedsecrets/${name}`;
  if ((await vault.find(`${deleted}?${DATA_PLANE_VERSION}`, limits)) === undefined) return;
  await vault.call("POST", `${deleted}/recover?${DATA_PLANE_VERSION}`, limits);
  const back = async () => (await vault.find(`/secrets/${name}?${DATA_PLANE_VERSION}`, limits)) !== undefined;
  await waitUntil(`the recovery of secret ${name}`, back, limits);
}

/** Deletes a secret and waits until its name can be used again; one that is gone already is no error. */
export async function deleteSecret(vault: Api, name: string, limits: Limits): Promise<void> {
  const options = { expect: [404] };
  const answer = await vault.call(
    "DELETE",
    `/secrets/${name}?${DATA_PLANE_VERSION}`,
    limits,
    undefined,
    options,
  );
  if (answer.status === 404) return;
  const deleted = async () =>
    (await vault.find(`/deletedsecrets/${name}?${DATA_PLANE_VERSION}`, limits)) !== undefined;
  await waitUntil(`the deletion of secret ${name}`, deleted, limits);
}
