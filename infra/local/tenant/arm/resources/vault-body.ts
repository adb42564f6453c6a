import { z } from "zod";
import type { ArmCall } from "../call";
import { ArmError, badRequest } from "../errors";
import { echoedFields, tagsField } from "../fields";
import type { Vault, VaultProperties } from "../model";
import { vaultPath, vaultType } from "./vault-path";

const permissions = z.array(z.string()).optional();
const accessPolicy = z.strictObject({
  tenantId: z.guid(),
  objectId: z.string(),
  applicationId: z.string().optional(),
  permissions: z.strictObject({
    keys: permissions,
    secrets: permissions,
    certificates: permissions,
    storage: permissions,
  }),
});
const networkAcls = z.strictObject({
  bypass: z.enum(["AzureServices", "None"]).optional(),
  defaultAction: z.enum(["Allow", "Deny"]).optional(),
  ipRules: z.array(z.strictObject({ value: z.string() })).optional(),
  virtualNetworkRules: z
    .array(z.strictObject({ id: z.string(), ignoreMissingVnetServiceEndpoint: z.boolean().optional() }))
    .optional(),
});
const properties = z.strictObject({
  tenantId: z.guid(),
  sku: z.strictObject({ family: z.enum(["A", "B"]), name: z.enum(["standard", "premium"]) }),
  accessPolicies: z.array(accessPolicy).max(1024).optional(),
  createMode: z.enum(["default", "recover"]).optional(),
  enablePurgeProtection: z.boolean().nullish(),
  enableRbacAuthorization: z.boolean().nullish(),
  enableSoftDelete: z.boolean().nullish(),
  enabledForDeployment: z.boolean().nullish(),
  enabledForDiskEncryption: z.boolean().nullish(),
  enabledForTemplateDeployment: z.boolean().nullish(),
  networkAcls: networkAcls.optional(),
  publicNetworkAccess: z.string().nullish(),
  softDeleteRetentionInDays: z.int().nullish(),
  // Read-only; clients echo them.
  vaultUri: z.string().optional(),
  provisioningState: z.string().optional(),
});

/** The body of a PUT. */
export const vaultPutSchema = z.strictObject({
  ...echoedFields,
  location: z.string().nullish(),
  tags: tagsField,
  properties,
});

/** The body of a PATCH. */
export const vaultPatchSchema = z.strictObject({
  ...echoedFields,
  tags: tagsField,
  properties: properties.partial().optional(),
});

type Properties = z.output<typeof properties>;
type Given = { readonly [Name in keyof Properties]?: Properties[Name] | undefined };

/**
 * What is stored of the properties given, over those of before.
 * @throws ArmError 400 for a combination that Key Vault refuses.
 */
export function vaultProperties(
  call: ArmCall,
  given: Given,
  current: VaultProperties | undefined,
): VaultProperties {
  const { createMode: _, vaultUri: __, provisioningState: ___, enableSoftDelete, ...rest } = given;
  if (enableSoftDelete === false) {
    throw badRequest(
      "The property \"enableSoftDelete\" can be set to false only for creating new vault. Enabling the 'soft delete' functionality is an irreversible action.",
    );
  }
  checkTenant(call, given.tenantId);
  const retention = given.softDeleteRetentionInDays ?? current?.softDeleteRetentionInDays ?? 90;
  checkRetention(retention, current);
  const declared = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== null && value !== undefined),
  );
  return {
    ...current,
    ...declared,
    tenantId: call.tenant.settings.tenantId,
    accessPolicies: given.accessPolicies ?? current?.accessPolicies ?? [],
    enableRbacAuthorization: given.enableRbacAuthorization ?? current?.enableRbacAuthorization ?? false,
    softDeleteRetentionInDays: retention,
    publicNetworkAccess: given.publicNetworkAccess ?? current?.publicNetworkAccess ?? "Enabled",
    enablePurgeProtection: purgeProtection(given.enablePurgeProtection, current),
  };
}

function checkTenant(call: ArmCall, tenantId: string | undefined): void {
  if (tenantId === undefined || tenantId.toLowerCase() === call.tenant.settings.tenantId) return;
  throw badRequest(`The tenant ID '${tenantId}' of the vault is not the tenant of its subscription.`);
}

function checkRetention(retention: number, current: VaultProperties | undefined): void {
  if (retention < 7 || retention > 90) {
    throw badRequest('The property "softDeleteRetentionInDays" must be between 7 and 90.');
  }
  if (current !== undefined && current.softDeleteRetentionInDays !== retention) {
    throw badRequest(
      'The property "softDeleteRetentionInDays" has been set already and it can\'t be modified.',
    );
  }
}

function purgeProtection(
  given: boolean | null | undefined,
  current: VaultProperties | undefined,
): true | undefined {
  if (given === false) {
    throw badRequest(
      'The property "enablePurgeProtection" cannot be set to false. Enabling the purge protection for a vault is an irreversible action.',
    );
  }
  return given === true || current?.enablePurgeProtection === true ? true : undefined;
}

/** A vault as it is returned. */
export function vaultBody(
  call: ArmCall,
  vault: Vault,
): { readonly id: string; readonly type: string; readonly [key: string]: unknown } {
  const { tenant } = call;
  const origin = tenant.ports.origin(vault.id);
  return {
    id: vaultPath(vault),
    name: vault.name,
    type: vaultType,
    location: vault.location,
    tags: vault.tags,
    properties: {
      ...vault.properties,
      enableSoftDelete: true,
      vaultUri: origin === undefined ? undefined : `${origin}/`,
      provisioningState: isRegistered(call, vault) ? "Succeeded" : "RegisteringDns",
    },
  };
}

/** A new vault's name takes a moment to reach DNS. */
export function isRegistered({ tenant }: ArmCall, { registeredAt }: Vault): boolean {
  return tenant.replication.visible("references", registeredAt);
}

/** @throws ArmError 400 VaultNameNotValid */
export function checkVaultName(name: string): void {
  if (/^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i.test(name)) return;
  throw new ArmError(
    400,
    "VaultNameNotValid",
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must begin with a ` +
      "letter, end with a letter or digit, and not contain consecutive hyphens. Follow this link for more information: " +
      "https://go.microsoft.com/fwlink/?linkid=2147742",
  );
}
