/** What a program declared, read once where it enters: its triggers and outputs as this host serves them. */
import { z } from "zod";
import { expandSettings } from "../settings/environment";
import type { Binding, FunctionMetadata } from "../worker/protocol";

const httpSchema = z.object({
  route: z.string().optional(),
  methods: z.array(z.string()).default(["GET", "POST"]),
  authLevel: z.enum(["anonymous", "function", "admin"]).default("anonymous"),
});
const timerSchema = z.object({
  schedule: z.string(),
  runOnStartup: z.boolean().default(false),
  useMonitor: z.boolean().default(true),
});
const queueSchema = z.object({
  queueName: z.string(),
  connection: z.string().default("AzureWebJobsStorage"),
});

/** The queues that a function's outputs go to, by binding name. */
export type QueueOutputs = ReadonlyMap<string, z.output<typeof queueSchema>>;

/** A function this host serves. */
export type DeclaredFunction = {
  readonly name: string;
  readonly bindingName: string;
  readonly outputs: QueueOutputs;
} & (
  | ({ readonly trigger: "http" } & z.output<typeof httpSchema>)
  | ({ readonly trigger: "timer" } & z.output<typeof timerSchema>)
  | ({ readonly trigger: "queue" } & z.output<typeof queueSchema>)
);

/** A function this host can't serve as declared. */
class DeclarationError extends Error {
  override readonly name = "DeclarationError";
}

/** @throws DeclarationError */
export function readDeclaration(
  metadata: FunctionMetadata,
  settings: Readonly<Record<string, string>>,
): DeclaredFunction {
  const { name } = metadata;
  const bindings = Object.entries(metadata.bindings).map(([key, binding]): [string, Binding] => [
    key,
    expand(name, binding, settings),
  ]);
  const trigger = bindings.find(([, { type }]) => /trigger$/i.test(type));
  if (trigger === undefined) throw new DeclarationError(`The function ${name} has no trigger.`);
  const [bindingName, binding] = trigger;
  const shared = { name, bindingName, outputs: outputsOf(name, bindings) };
  const type = binding.type.toLowerCase();
  if (type === "httptrigger") return { ...shared, trigger: "http", ...parse(name, httpSchema, binding) };
  if (type === "timertrigger") return { ...shared, trigger: "timer", ...parse(name, timerSchema, binding) };
  if (type === "queuetrigger") return { ...shared, trigger: "queue", ...parse(name, queueSchema, binding) };
  throw new DeclarationError(
    `The function ${name} has a ${binding.type}, which the local Functions host does not serve.`,
  );
}

function outputsOf(name: string, bindings: readonly (readonly [string, Binding])[]): QueueOutputs {
  const outputs = bindings.filter(
    ([, { direction, type }]) => direction === "out" && type.toLowerCase() !== "http",
  );
  return new Map(
    outputs.map(([key, binding]) => {
      if (binding.type.toLowerCase() !== "queue")
        throw new DeclarationError(
          `The function ${name} writes to a ${binding.type}, which the local Functions host does not serve.`,
        );
      return [key, parse(name, queueSchema, binding)];
    }),
  );
}

function parse<Output>(name: string, schema: z.ZodType<Output>, binding: Binding): Output {
  const parsed = schema.safeParse(binding);
  if (!parsed.success)
    throw new DeclarationError(
      `The ${binding.type} of ${name} is not valid: ${z.prettifyError(parsed.error)}`,
    );
  return parsed.data;
}

/** Binding expressions: `%SETTING%` in any text of a binding. */
function expand(name: string, binding: Binding, settings: Readonly<Record<string, string>>): Binding {
  const entries = Object.entries(binding).map(([key, value]): [string, unknown] => {
    if (typeof value !== "string") return [key, value];
    const expanded = expandSettings(value, settings);
    if (expanded === undefined)
      throw new DeclarationError(
        `The function ${name} refers to ${value}, but there is no such app setting.`,
      );
    return [key, expanded];
  });
  return { ...Object.fromEntries(entries), type: binding.type };
}
