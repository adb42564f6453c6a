/** What the function app was told by its settings, read once when it starts. */

import { z } from "zod";
import { type CollectorSettings, collectorSettingsSchema, settingsName } from "../model/settings";
import type { Problem } from "../model/status";

/** Either everything is there, or one sentence says what is not. */
export type Configuration =
  | { readonly settings: CollectorSettings; readonly problem?: undefined }
  | { readonly settings?: undefined; readonly problem: Problem };

/** How a Key Vault reference looks that the platform could not resolve: it hands on the reference itself. */
const unresolvedReference = "@Microsoft.KeyVault(";

type Environment = Readonly<Record<string, string | undefined>>;

export function readConfiguration(environment: Environment): Configuration {
  const unresolved = Object.entries(environment)
    .filter(([, value]) => value?.startsWith(unresolvedReference))
    .map(([name]) => name);
  if (unresolved.length > 0) {
    return failed(
      `The Key Vault reference in the app setting ${unresolved.join(", ")} is not resolved.`,
      "Check that the vault and the secret exist and that the app's identity may read it (Key Vault Secrets User).",
    );
  }
  const text = environment[settingsName];
  if (text === undefined || text === "") {
    return failed(`The app setting ${settingsName} is missing.`, "Deploy the stack again.");
  }
  return parseSettings(text);
}

function parseSettings(text: string): Configuration {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return failed(`The app setting ${settingsName} is not JSON.`, "Deploy the stack again.");
  }
  const parsed = collectorSettingsSchema.safeParse(value);
  if (parsed.success) return { settings: parsed.data };
  const [first] = parsed.error.issues;
  const where =
    first === undefined ? "" : ` at ${z.core.toDotPath(first.path) || "its root"}: ${first.message}`;
  return failed(`The app setting ${settingsName} is malformed${where}.`, "Deploy the stack again.");
}

function failed(message: string, next: string): Configuration {
  return { problem: { code: "configuration", message, next } };
}
