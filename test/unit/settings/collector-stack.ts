/** The stack that the tests of the collector's settings vary. */
import type { ServedEntry } from "../../../components/permissions/settings";
import { parse, problemsOf, tenantId } from "./parse";

export const other = "33333333-3a4b-4c8d-9e0f-1a2b3c4d5e6f";
export const azure = {
  tenantId,
  subscriptionId: "0b1f6471-1bf0-4dda-aec3-cb9272f09590",
  location: "westeurope",
};
export const own = { profile: "collector", name: "Own" };
/** A stack with a collector of its own and nothing else. */
export const stack = { tenantId, azure, connectors: [own], collector: {} };

/** What the function apps of a stack are told, by app. */
export function served(raw: object): Readonly<Record<string, readonly ServedEntry[]>> {
  const { collector } = parse({ ...stack, ...raw });
  return Object.fromEntries((collector?.apps ?? []).map(({ name, serves }) => [name, serves]));
}

/** What is wrong with a stack like this one, as `path message`. */
export function problems(raw: object): readonly string[] {
  return problemsOf({ ...stack, ...raw }).map(({ path, message }) => `${path} ${message}`);
}
