import type { z } from "zod";
import type { FunctionType, ResourceType } from "./resource-type";
import { didYouMean } from "./validation";
import type { PlainProperties } from "./values";

/** A provider plugin: its types, and how its client is made from the provider's configuration. */
export interface Plugin<Client> {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The provider's configuration. Values arrive as strings, booleans in JSON. */
  readonly configuration: z.ZodObject;
  /** The program's own settings have the plugin's name as namespace: settings that are not the plugin's are left alone. */
  readonly sharesNamespace?: boolean;
  readonly resources: readonly ResourceType<Client>[];
  readonly functions: readonly FunctionType<Client>[];
  /** Called once, at the first operation that needs the service; an error is told and tried again at the next. */
  connect(configuration: PlainProperties, signal: AbortSignal): Promise<Client>;
}

/** Thrown for a resource type or function that the plugin does not have. */
class UnknownTokenError extends Error {
  override readonly name = "UnknownTokenError";

  constructor(plugin: string, what: string, token: string, known: readonly string[]) {
    super(
      `The plugin ${plugin} has no ${what} ${token}${didYouMean(token, known) || "."} It has: ${known.join(", ") || "none"}.`,
    );
  }
}

/** The resource type of that token. */
export function findResource<Client>(plugin: Plugin<Client>, token: string): ResourceType<Client> {
  const found = plugin.resources.find((type) => type.token === token);
  if (found !== undefined) return found;
  throw new UnknownTokenError(
    plugin.name,
    "resource type",
    token,
    plugin.resources.map((type) => type.token),
  );
}

/** The function of that token. */
export function findFunction<Client>(plugin: Plugin<Client>, token: string): FunctionType<Client> {
  const found = plugin.functions.find((type) => type.token === token);
  if (found !== undefined) return found;
  throw new UnknownTokenError(
    plugin.name,
    "function",
    token,
    plugin.functions.map((type) => type.token),
  );
}
