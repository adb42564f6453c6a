/** host.json: the part that this host obeys, with the platform's defaults (page "host.json reference for Azure Functions 2.x and later"). */
import { z } from "zod";
import { PackageError } from "./package-error";
import { parseTimeSpan } from "./time-span";

const timeSpan = z.string().transform((text, context) => {
  const milliseconds = parseTimeSpan(text);
  if (milliseconds === undefined) {
    context.addIssue({ code: "custom", message: `"${text}" is no time span (hh:mm:ss)` });
    return z.NEVER;
  }
  return milliseconds;
});

const queuesSchema = z.object({
  /** Longest pause between two looks into an empty queue, milliseconds. */
  maxPollingInterval: timeSpan.default(60_000),
  /** How long a message of a failed call stays hidden, milliseconds. */
  visibilityTimeout: timeSpan.default(0),
  /** How many messages are taken at once. */
  batchSize: z.int().min(1).max(32).default(16),
  /** After so many failed calls the message goes to the poison queue. */
  maxDequeueCount: z.int().min(1).default(5),
  /** More messages are taken when no more than so many are being worked on; the platform's default is half of batchSize. */
  newBatchThreshold: z.int().min(0).optional(),
  messageEncoding: z.enum(["base64", "none"]).default("base64"),
});

const hostSchema = z.object({
  version: z.literal("2.0"),
  /** Default and limit differ by plan; Flex Consumption: 30 minutes. `-1`: none. */
  functionTimeout: z
    .union([z.literal("-1").transform(() => Number.POSITIVE_INFINITY), timeSpan])
    .default(1_800_000),
  extensions: z
    .object({
      queues: queuesSchema.prefault({}),
      http: z.object({ routePrefix: z.string().default("api") }).prefault({}),
    })
    .prefault({}),
});

export type QueueSettings = z.output<typeof queuesSchema> & { readonly newBatchThreshold: number };

/** How the host runs an app. */
export interface HostSettings {
  /** Milliseconds an invocation may take. */
  readonly functionTimeout: number;
  readonly routePrefix: string;
  readonly queues: QueueSettings;
}

/**
 * @param settings app settings: `AzureFunctionsJobHost__<path>` replaces a value of host.json
 * @throws PackageError
 */
export function parseHostJson(text: string, settings: Readonly<Record<string, string>> = {}): HostSettings {
  const parsed = hostSchema.safeParse(withOverrides(jsonOf(text), settings));
  if (!parsed.success) throw new PackageError(`host.json is not valid: ${z.prettifyError(parsed.error)}`);
  const { functionTimeout, extensions } = parsed.data;
  const newBatchThreshold =
    extensions.queues.newBatchThreshold ?? Math.floor(extensions.queues.batchSize / 2);
  return {
    functionTimeout,
    routePrefix: extensions.http.routePrefix.replace(/^\/+|\/+$/g, ""),
    queues: { ...extensions.queues, newBatchThreshold },
  };
}

const overridePrefix = "AzureFunctionsJobHost__";

/** Page "host.json reference", section "Override host.json values". */
function withOverrides(host: unknown, settings: Readonly<Record<string, string>>): unknown {
  const overrides = Object.entries(settings).filter(([name]) => name.startsWith(overridePrefix));
  return overrides.reduce<unknown>(
    (value, [name, text]) => replaced(value, name.slice(overridePrefix.length).split("__"), text),
    host,
  );
}

function replaced(value: unknown, [key, ...rest]: readonly string[], text: string): unknown {
  if (key === undefined) return /^\d+$/.test(text) ? Number(text) : text;
  const object = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  return { ...object, [key]: replaced(object[key], rest, text) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PackageError("host.json is not JSON.");
  }
}
