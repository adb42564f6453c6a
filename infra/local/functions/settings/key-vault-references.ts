/** Key Vault references in app settings (page "Use Key Vault references as app settings in Azure App Service"). */
import { type Dispatcher, fetch } from "undici";
import { z } from "zod";
import type { ManagedIdentity } from "./managed-identity";

/** The version of Key Vault's data plane. */
const apiVersion = "7.4";
const secretSchema = z.object({ value: z.string() });

/** What resolving needs. */
export interface ReferenceContext {
  readonly identity: ManagedIdentity;
  /** Resource id of the identity that reads; absent: the system-assigned one. */
  readonly identityResourceId: string | undefined;
  readonly dispatcher: Dispatcher;
  readonly vaultUri: ((vaultName: string) => string | undefined) | undefined;
  readonly warn: (message: string) => void;
}

/** Settings as the app sees them, and the values that came out of vaults. */
export interface ResolvedSettings {
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/**
 * Settings with their references replaced by the secrets' values. A reference that can't be resolved stays what it
 * is: the app gets the literal text, as on the platform.
 */
export async function resolveReferences(
  settings: Readonly<Record<string, string>>,
  context: ReferenceContext,
): Promise<ResolvedSettings> {
  const secrets: string[] = [];
  const resolved = await Promise.all(
    Object.entries(settings).map(async ([name, value]): Promise<[string, string]> => {
      const url = secretUrl(value, context.vaultUri);
      if (url === undefined) return [name, value];
      try {
        const secret = await readSecret(url, context);
        secrets.push(secret);
        return [name, secret];
      } catch (error) {
        context.warn(`The Key Vault reference of ${name} is not resolved: ${textOf(error)}`);
        return [name, value];
      }
    }),
  );
  return { settings: Object.fromEntries(resolved), secrets };
}

/** Where the secret is that a setting refers to; undefined when it is no reference. */
export function secretUrl(
  value: string,
  vaultUri: ((vaultName: string) => string | undefined) | undefined,
): string | undefined {
  const inner = /^@Microsoft\.KeyVault\((.*)\)$/i.exec(value.trim())?.[1];
  if (inner === undefined) return undefined;
  const fields = new Map(
    inner.split(";").map((field): [string, string] => {
      const at = field.indexOf("=");
      return [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()];
    }),
  );
  const uri = fields.get("secreturi");
  if (uri !== undefined) return uri.replace(/\/+$/, "");
  const vault = fields.get("vaultname");
  const secret = fields.get("secretname");
  if (vault === undefined || secret === undefined) return undefined;
  const base = (vaultUri?.(vault) ?? `https://${vault}.vault.azure.net`).replace(/\/+$/, "");
  return [base, "secrets", secret, fields.get("secretversion")].filter(Boolean).join("/");
}

async function readSecret(url: string, context: ReferenceContext): Promise<string> {
  const name = { resourceId: context.identityResourceId };
  const { token } = await context.identity.token("https://vault.azure.net", name);
  const response = await fetch(`${url}?api-version=${apiVersion}`, {
    headers: { authorization: `Bearer ${token}` },
    dispatcher: context.dispatcher,
    signal: AbortSignal.timeout(30_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the vault answers ${response.status}.`);
  return secretSchema.parse(JSON.parse(text)).value;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
