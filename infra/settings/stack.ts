/** The settings beside the connectors: tenant, moment, Azure, vault. */
import type { z } from "zod";
import { instant } from "../../components/permissions/instant";
import type { AzureSettings, VaultSettings } from "../../components/permissions/settings";
import { didYouMean } from "../../components/permissions/suggestion";
import { check } from "./check";
import { azureSchema, tenantShape, vaultSchema } from "./common";
import type { StackDefaults } from "./connectors";
import type { Problems } from "./problems";

/** Every key that may stand below `entra-connectors:`, with its line in the settings reference. */
export const stackKeys = {
  connectors: "The connector entries.",
  defaults: "Settings that every entry has unless it, or its source group, says otherwise.",
  sourceGroups: "Named groups of settings that entries share by naming the group in sourceGroup.",
  acknowledgements: "What needs a reason, an owner and an expiry before it is deployed.",
  tenantId: "The Entra tenant of entries that name none.",
  cloud: "The national cloud of entries that name none. Default global.",
  graphDomain: "The Graph domain of entries that name none.",
  azure: "The Azure subscription that holds vault and collector.",
  vault: "The Key Vault that receives the credentials; without one they are encrypted stack outputs.",
  asOf: "Plan as of that moment. Default: now.",
  collector: "Our own collector, an Azure Function that the stack deploys; needs azure.",
} as const;

export function refuseUnknownKeys(raw: Readonly<Record<string, unknown>>, problems: Problems): void {
  const known = Object.keys(stackKeys);
  for (const key of Object.keys(raw)) {
    if (!known.includes(key))
      problems.add(key, `unknown setting.${didYouMean(key, known)}`, `Allowed: ${known.join(", ")}.`);
  }
}

/** Tenant and cloud for entries that name none. */
export function parseStackDefaults(
  raw: Readonly<Record<string, unknown>>,
  problems: Problems,
): StackDefaults {
  return {
    tenantId: check(tenantShape.tenantId, raw.tenantId, "tenantId", problems),
    tenantIsGiven: raw.tenantId !== undefined,
    cloud: check(tenantShape.cloud, raw.cloud, "cloud", problems) ?? "global",
    graphDomain: check(tenantShape.graphDomain, raw.graphDomain, "graphDomain", problems),
  };
}

/** The moment to plan for, ISO date-time. */
export function parseMoment(raw: unknown, now: Date, problems: Problems): string {
  return check(instant.optional(), raw, "asOf", problems) ?? now.toISOString();
}

/** Azure and vault; a vault without a subscription has no place to be. */
export function parseAzure(
  raw: Readonly<Record<string, unknown>>,
  problems: Problems,
): { readonly azure?: AzureSettings; readonly vault?: VaultSettings } {
  const azure = check(azureSchema.optional(), raw.azure, "azure", problems);
  const vault = check(vaultSchema.optional(), raw.vault, "vault", problems);
  if (vault !== undefined && raw.azure === undefined) {
    problems.add(
      "vault",
      "needs azure: the subscription that the vault is in.",
      "Add azure, or leave vault out.",
    );
  }
  if (vault?.existing === true && (vault.name === undefined || vault.resourceGroup === undefined)) {
    problems.add("vault", "existing: true needs the name and the resourceGroup of that vault.");
  }
  return {
    ...(azure === undefined ? {} : { azure }),
    ...(vault === undefined ? {} : { vault: toVault(vault) }),
  };
}

function toVault({ existing, name, resourceGroup }: z.output<typeof vaultSchema>): VaultSettings {
  return {
    existing,
    ...(name === undefined ? {} : { name }),
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
  };
}
