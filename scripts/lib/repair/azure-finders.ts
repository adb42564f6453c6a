/** How the object of an interrupted creation is found in Azure: its id follows from its inputs, and a GET says whether it is there. */
import { z } from "zod";
import { cloudOf, operatorCredential } from "../azure/credential";
import { UserError } from "../errors";
import type { StateResource } from "../stack/state";

/** Where a resource of a type is, and the API version that knows it. */
interface ArmPlace {
  readonly apiVersion: string;
  /** Answers the path below the ARM endpoint, or undefined when the inputs don't name one. */
  readonly path: (inputs: StateResource["inputs"], subscription: string) => string | undefined;
}

const text = (value: unknown): string => z.string().catch("").parse(value);

const inGroup =
  (tail: (inputs: StateResource["inputs"]) => string): ArmPlace["path"] =>
  (inputs, subscription) => {
    const group = text(inputs.resourceGroupName);
    return group && `/subscriptions/${subscription}/resourceGroups/${group}${tail(inputs)}`;
  };

const places: Readonly<Record<string, ArmPlace>> = {
  "azure-native:resources:ResourceGroup": { apiVersion: "2024-03-01", path: inGroup(() => "") },
  "azure-native:keyvault:Vault": {
    apiVersion: "2024-11-01",
    path: inGroup(({ vaultName }) => `/providers/Microsoft.KeyVault/vaults/${text(vaultName)}`),
  },
  "azure-native:keyvault:Secret": {
    apiVersion: "2024-11-01",
    path: inGroup(
      ({ vaultName, secretName }) =>
        `/providers/Microsoft.KeyVault/vaults/${text(vaultName)}/secrets/${text(secretName)}`,
    ),
  },
  "azure-native:managedidentity:UserAssignedIdentity": {
    apiVersion: "2023-01-31",
    path: inGroup(
      ({ resourceName }) =>
        `/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${text(resourceName)}`,
    ),
  },
  "azure-native:authorization:RoleAssignment": {
    apiVersion: "2022-04-01",
    path: ({ scope, roleAssignmentName }) =>
      `/${text(scope).replace(/^\//, "")}/providers/Microsoft.Authorization/roleAssignments/${text(roleAssignmentName)}`,
  },
};

/** True for the types that `findInAzure` can look for. */
export function isInAzure(type: string): boolean {
  return type in places;
}

const found = z.looseObject({ id: z.string() });

/** The id of the Azure resource that an interrupted creation made; undefined when it made none. */
export async function findInAzure({ type, inputs }: StateResource): Promise<string | undefined> {
  const { ARM_TENANT_ID, ARM_SUBSCRIPTION_ID } = process.env;
  const place = places[type];
  const path = place?.path(inputs, ARM_SUBSCRIPTION_ID ?? "");
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
