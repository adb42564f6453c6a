/** What comes from outside: parsed once, refused as the service refuses it. */
import { z } from "zod";
import { badParameter, VaultError } from "./errors";

const seconds = z.number().int().nonnegative();

/** Attributes of a request. */
export const attributesInput = z
  .object({ enabled: z.boolean().optional(), nbf: seconds.optional(), exp: seconds.optional() })
  .optional();

/** Tags of a request; at most fifteen, as the service allows. */
export const tagsInput = z
  .record(z.string().max(256), z.string().max(256))
  .refine((tags) => Object.keys(tags).length <= 15, "at most 15 tags")
  .optional();

const itemName = /^[0-9a-zA-Z-]{1,127}$/;

/** @throws VaultError 400 for a name that the service refuses */
export function checkName(name: string): string {
  if (itemName.test(name)) return name;
  throw badParameter(`The request URI contains an invalid name: ${name}`);
}

/** Parses a body. @throws VaultError 400 naming the first property that is wrong */
export async function parseBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text();
  let body: unknown;
  try {
    body = text === "" ? {} : JSON.parse(text);
  } catch {
    throw badParameter("The request body is not valid JSON.");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw badParameter(
    `Property ${issue?.path.join(".") || "(body)"} has an invalid value: ${issue?.message ?? "invalid"}`,
  );
}

const knownVersions = /^(7\.[0-6]|2025-07-01|2025-06-01-preview)$/;

/** @throws VaultError 400 without an API version that the data plane knows */
export function checkApiVersion(version: string | undefined): void {
  if (version === undefined) {
    throw badParameter("api-version must be specified");
  }
  if (!knownVersions.test(version)) {
    throw new VaultError(
      400,
      "BadParameter",
      `The specified version (${version}) is not recognized. Consider using the latest supported version (7.6).`,
    );
  }
}

const largestPage = 25;

/** One page of a list, with the link to the next. The link's token says how many items came before. */
export function page(all: readonly unknown[], url: URL, origin: string): unknown {
  const size = Number(url.searchParams.get("maxresults") ?? largestPage);
  if (!(Number.isInteger(size) && size >= 1 && size <= largestPage)) {
    throw badParameter(`maxresults must be between 1 and ${largestPage}.`);
  }
  const start = offsetIn(url.searchParams.get("$skiptoken"));
  const next = new URL(`${origin}${url.pathname}${url.search}`);
  next.searchParams.set("$skiptoken", Buffer.from(String(start + size)).toString("base64url"));
  return { value: all.slice(start, start + size), nextLink: start + size < all.length ? next.href : null };
}

function offsetIn(token: string | null): number {
  if (token === null) return 0;
  const offset = Number(Buffer.from(token, "base64url").toString());
  if (!Number.isInteger(offset) || offset < 0) throw badParameter("The $skiptoken is not valid.");
  return offset;
}
