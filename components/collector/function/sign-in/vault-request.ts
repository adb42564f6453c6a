/** One call of a vault's data plane, tried again while the vault is busy. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { backoff, retryAfter } from "../graph/retry-after";

const apiVersion = "7.4";
const attempts = 4;
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** GET, or POST with a body. @throws Error that names the address and what the vault said */
export async function askVault<Output>(
  address: string,
  token: string,
  schema: z.ZodType<Output>,
  body?: object,
): Promise<Output> {
  const { request } = await import("undici");
  for (let attempt = 1; ; attempt++) {
    const reply = await request(`${address}?api-version=${apiVersion}`, {
      method: body === undefined ? "GET" : "POST",
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body && { "content-type": "application/json" }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await reply.body.text();
    if (reply.statusCode === 200) return schema.parse(JSON.parse(text));
    const busy = reply.statusCode === 429 || reply.statusCode >= 500;
    if (!busy || attempt === attempts) throw refusal(address, reply.statusCode, text);
    const asked = reply.headers["retry-after"];
    await sleep(
      retryAfter(typeof asked === "string" ? asked : undefined, Date.now()) ?? backoff(attempt, Math.random),
    );
  }
}

function refusal(address: string, status: number, text: string): Error {
  const parsed = errorSchema.safeParse(parseJson(text));
  const said = parsed.success ? `: ${parsed.data.error.message.slice(0, 200)}` : "";
  const next =
    status === 403
      ? " The function app's identity needs the roles Key Vault Crypto User and Key Vault Certificate User there."
      : "";
  return new Error(`The vault answered ${status} to ${address}${said}.${next}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const vaultSuffixes = ["vault.azure.net", "vault.usgovcloudapi.net", "vault.azure.cn"];

/** The audience of a vault's tokens: its domain; the public cloud's for a vault that is none of Microsoft's. */
export function vaultAudience(vaultUri: string): string {
  const { hostname } = new URL(vaultUri);
  const suffix = vaultSuffixes.find((known) => hostname.endsWith(`.${known}`)) ?? "vault.azure.net";
  return `https://${suffix}`;
}
