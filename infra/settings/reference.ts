/** The settings reference, made from the schemas that the parser itself uses. */
import { z } from "zod";
import { acknowledgementRules } from "../../components/permissions/planning/acknowledgement";
import { acknowledgementSchema } from "../../components/permissions/planning/acknowledgement-schema";
import { profiles } from "../../components/profiles";
import { collectorAlertsSchema, collectorNetworkSchema, collectorSchema } from "./collector";
import { azureSchema, connectorShape, tenantShape, vaultSchema } from "./common";
import { credentialSchemas } from "./credentials";
import { stackKeys } from "./stack";

/** One setting. */
export interface SettingReference {
  readonly name: string;
  /** What it may be: `true or false`, `read-only | read-write`, `text`, … */
  readonly accepts: string;
  /** The default in JSON; absent: none. */
  readonly default?: string;
  readonly required: boolean;
  readonly description: string;
}

/** Settings that stand together. */
export interface SettingsSection {
  readonly title: string;
  readonly settings: readonly SettingReference[];
}

/** Every setting of every profile. */
export function settingsReference(): readonly SettingsSection[] {
  return [
    {
      title: "Stack (below entra-connectors:)",
      settings: Object.entries(stackKeys).map(([name, description]) => ({
        name,
        accepts: stackAccepts(name),
        required: name === "connectors",
        description,
      })),
    },
    { title: "Every connector entry", settings: [...ofShape(connectorShape), credentials] },
    ...profiles.map((profile) => ({
      title: `Profile ${profile.id}: ${profile.title} (${profile.access.join(" or ")}; takes ${profile.credentialKinds.join(", ")})`,
      settings: ofShape(profile.options.shape),
    })),
    ...Object.entries(credentialSchemas).map(([kind, schema]) => ({
      title: `Credential of kind ${kind}`,
      settings: ofShape(schema.shape).filter(({ name }) => name !== "kind"),
    })),
    {
      title: `Acknowledgement (rules: ${Object.keys(acknowledgementRules).join(", ")})`,
      settings: ofShape(acknowledgementSchema.shape),
    },
    { title: "azure", settings: ofShape(azureSchema.shape) },
    { title: "vault", settings: ofShape(vaultSchema.shape) },
    { title: "collector", settings: ofShape(collectorSchema.shape) },
    { title: "collector.alerts", settings: ofShape(collectorAlertsSchema.shape) },
    { title: "collector.network", settings: ofShape(collectorNetworkSchema.shape) },
  ];
}

/** What a key of the stack may be; its parts have sections of their own. */
function stackAccepts(name: string): string {
  if (Object.hasOwn(tenantShape, name)) return accepts(tenantShape[name as keyof typeof tenantShape]);
  if (name === "asOf") return "date or date-time";
  return name === "connectors" || name === "acknowledgements" ? "list, see below" : "group of settings";
}

const credentials: SettingReference = {
  name: "credentials",
  accepts: `list of ${Object.keys(credentialSchemas).join(" | ")}, each alone or with its settings`,
  required: false,
  description:
    "How the product signs in. Default: the profile's. An entry that the stack's collector serves also gets the collector's own.",
};

function ofShape(shape: Readonly<Record<string, z.core.$ZodType>>): readonly SettingReference[] {
  return Object.entries(shape).map(([name, schema]) => {
    const byDefault = schema instanceof z.ZodDefault ? JSON.stringify(schema.def.defaultValue) : undefined;
    return {
      name,
      accepts: accepts(schema),
      ...(byDefault === undefined ? {} : { default: byDefault }),
      required: !isOptional(schema),
      description: schema instanceof z.ZodType ? (schema.description ?? "") : "",
    };
  });
}

function isOptional(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault;
}

function accepts(schema: z.core.$ZodType): string {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodPrefault) {
    return accepts(schema.unwrap());
  }
  if (schema instanceof z.ZodLiteral) return [...schema.values].join(" | ");
  if (schema instanceof z.ZodRecord) return "names with texts";
  if (schema instanceof z.ZodPipe) return accepts(schema.in);
  if (schema instanceof z.ZodEnum) return schema.options.join(" | ");
  if (schema instanceof z.ZodBoolean) return "true | false";
  if (schema instanceof z.ZodNumber) return `number ${schema.minValue ?? ""}–${schema.maxValue ?? ""}`;
  if (schema instanceof z.ZodArray) return `list of ${accepts(schema.element)}`;
  return schema instanceof z.ZodObject ? `{ ${Object.keys(schema.shape).join(", ")} }` : "text";
}
