import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The keys of an app. */
export interface Keys {
  readonly masterKey: string;
  readonly functionKey: string;
}

/**
 * Whether a request may call a function of that level (page "Work with access keys in Azure Functions"): the key is in
 * the header x-functions-key or the query parameter `code`; the master key opens everything.
 */
export function mayCall(
  level: string,
  request: IncomingMessage,
  query: URLSearchParams,
  keys: Keys,
): boolean {
  if (level === "anonymous") return true;
  const header = request.headers["x-functions-key"];
  const given = (Array.isArray(header) ? header[0] : header) ?? query.get("code") ?? "";
  return same(given, keys.masterKey) || (level === "function" && same(given, keys.functionKey));
}

function same(given: string, key: string): boolean {
  const [first, second] = [given, key].map((text) => createHash("sha256").update(text).digest());
  return first !== undefined && second !== undefined && key !== "" && timingSafeEqual(first, second);
}
