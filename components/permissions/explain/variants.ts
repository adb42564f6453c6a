/** The values that a profile's setting can take, so that every way of writing an entry can be tried. */
import { z } from "zod";
import { capabilities } from "../capabilities";
import type { OptionValue, ProfileOptions } from "../settings";

/** One setting with one value. */
interface OptionChoice {
  readonly setting: string;
  readonly value: OptionValue;
}

/**
 * Sets of options that together show everything the settings can bring: none given, each value of each setting alone, and
 * every two of them together (a setting may need another one to have an effect). Sets that the schema refuses are left out.
 */
export function optionVariants(options: z.ZodObject): readonly ProfileOptions[] {
  const choices = Object.entries(options.shape).flatMap(([setting, schema]) =>
    valuesOf(schema as z.core.$ZodType).map((value): OptionChoice => ({ setting, value })),
  );
  const pairs = choices.flatMap((first, index) =>
    choices
      .slice(index + 1)
      .filter(({ setting }) => setting !== first.setting)
      .map((second) => [first, second]),
  );
  return [[], ...choices.map((choice) => [choice]), ...pairs]
    .map((chosen) => Object.fromEntries(chosen.map(({ setting, value }) => [setting, value])))
    .filter((variant) => options.safeParse(variant).success);
}

function valuesOf(schema: z.core.$ZodType): readonly OptionValue[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return valuesOf(schema.unwrap());
  if (schema instanceof z.ZodBoolean) return [true, false];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodArray) return listsOf(schema);
  if (schema instanceof z.ZodObject) return groupsOf(schema);
  return [];
}

/** A list of free text holds names (of groups, say) or ids of capabilities. */
function listsOf(schema: z.ZodArray): readonly OptionValue[] {
  const elements = valuesOf(schema.element);
  const items = elements.length > 0 ? elements : ["a name", ...capabilities.map(({ id }) => id)];
  const lists = items.map((item) => [item]).filter((list) => schema.safeParse(list).success);
  // Where any text will do, one stands for all.
  return lists.length > 1 && lists[0]?.[0] === "a name" ? lists.slice(0, 1) : lists;
}

function groupsOf(schema: z.ZodObject): readonly OptionValue[] {
  return Object.entries(schema.shape).flatMap(([key, one]) =>
    valuesOf(one as z.core.$ZodType).map((value) => ({ [key]: value })),
  );
}
