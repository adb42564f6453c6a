/** How the object of an interrupted creation is found in Azure: its id follows from its inputs, and a GET says whether it is there. */
import { z } from "zod";
import { cloudOf, operatorCredential } from "../azure/credential";
import { UserError } from "../errors";
import type { StateResource } from "../stack/state";
import { armPathOf, azurePlaces } from "./azure-places";

/** True for the types that `findInAzure` can look for. */
export function isInAzure(type: string): boolean {
  return type in azurePlaces;
}

const found = z.looseObject({ id: z.string() });

/** The id of the Azure resource that an interrupted creation made; undefined when it made none. */
export async function findInAzure({ type, inputs }: StateResource): Promise<string | undefined> {
  const { ARM_TENANT_ID, ARM_SUBSCRIPTION_ID } = process.env;
  const place = azurePlaces[type];
  const path = place && armPathOf(place, inputs, ARM_SUBSCRIPTION_ID ?? "");
  if (!place || !path) return undefined;
  const cloud = await cloudOf("global");
  const token = await operatorCredential(ARM_TENANT_ID ?? "", cloud).getToken(`${cloud.arm}/.default`);
  const response = await fetch(`${cloud.arm}${path}?api-version=${place.apiVersion}`, {
    headers: { authorization: `Bearer ${token?.token ?? ""}` },
  });
  if (response.status === 404) return undefined;
  if (response.ok) return found.parse(await response.json()).id;
  throw new UserError(`Azure did not say whether ${path} exists (${response.status}).`, {
    next: "Run this again; ARM_TENANT_ID and ARM_SUBSCRIPTION_ID must name the subscription of the stack.",
  });
}
