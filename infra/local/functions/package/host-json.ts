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

/** @throws PackageError */
export function parseHostJson(text: string): HostSettings {
  const parsed = hostSchema.safeParse(jsonOf(text));
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PackageError("host.json is not JSON.");
  }
}
