import { z } from "zod";
import type { Plugin } from "./plugin";

const PULUMI_ANY = { $ref: "pulumi.json#/Any" };

/**
 * The Pulumi package schema of a plugin: names, descriptions and required inputs. Nested shapes are stated as
 * `Any`; the TypeScript resource classes hold the exact types.
 */
export function schemaOf<Client>(plugin: Plugin<Client>): Record<string, unknown> {
  return {
    name: plugin.name,
    version: plugin.version,
    description: plugin.description,
    config: { variables: propertiesOf(plugin.configuration) },
    provider: { inputProperties: propertiesOf(plugin.configuration) },
    resources: Object.fromEntries(
      plugin.resources.map((type) => {
        const inputs = propertiesOf(type.schema);
        const outputs = Object.fromEntries(
          type.computed.map((name) => [name, outputOf(type.secretOutputs, name)]),
        );
        const shown = Object.entries(inputs).filter(([name]) => type.hidden?.includes(name) !== true);
        const properties = { ...Object.fromEntries(shown), ...outputs };
        const description = type.description;
        const required = requiredIn(type.schema).filter((name) => name !== type.autoname?.property);
        return [type.token, { description, inputProperties: inputs, requiredInputs: required, properties }];
      }),
    ),
    functions: Object.fromEntries(
      plugin.functions.map((fn) => [
        fn.token,
        {
          description: fn.description,
          inputs: { properties: propertiesOf(fn.schema), required: requiredIn(fn.schema) },
          outputs: { additionalProperties: PULUMI_ANY },
        },
      ]),
    ),
  };
}

function outputOf(secrets: readonly string[] | undefined, name: string): Record<string, unknown> {
  return secrets?.includes(name) ? { ...PULUMI_ANY, secret: true } : { ...PULUMI_ANY };
}

function propertiesOf(schema: z.ZodObject): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([name, type]) => {
      const description = z.globalRegistry.get(type)?.description;
      return [name, { ...primitiveOf(type), ...(description === undefined ? {} : { description }) }];
    }),
  );
}

function primitiveOf(type: z.core.$ZodType): Record<string, unknown> {
  const bare = type instanceof z.ZodOptional ? type.unwrap() : type;
  if (bare instanceof z.ZodString) return { type: "string" };
  if (bare instanceof z.ZodNumber) return { type: "number" };
  if (bare instanceof z.ZodBoolean) return { type: "boolean" };
  return { ...PULUMI_ANY };
}

function requiredIn(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape)
    .filter(([, type]) => !(type instanceof z.ZodOptional))
    .map(([name]) => name);
}
