import type { ResourceTraits, ResourceType } from "./resource-type";
import { markSecrets } from "./secrecy";
import type { PlainProperties } from "./values";
import { type Properties, UNKNOWN, type Value } from "./values";

/** What state keeps: the inputs that show, what the service said, what only the creation told; secrets marked. */
export function stateOutputs(
  type: ResourceTraits,
  said: PlainProperties,
  inputs: Properties,
  olds: Properties,
): Properties {
  const kept = pick(olds, type.toldOnce ?? []);
  const outputs = { ...shown(type, inputs), ...kept, ...said };
  return markSecrets(outputs, [inputs, olds], type.secretOutputs ?? []);
}

/** Outputs before the operation has run: what it computes is unknown. */
export function previewed<Client>(
  type: ResourceType<Client>,
  inputs: Properties,
  olds?: Properties,
): Properties {
  const special = type.preview?.(inputs, olds);
  const unknowns = olds === undefined ? type.computed : (type.recomputed ?? []);
  const computed = Object.fromEntries(unknowns.map((name): [string, Value] => [name, UNKNOWN]));
  const stable = olds === undefined ? {} : pick(olds, type.computed);
  const outputs = { ...stable, ...computed, ...shown(type, inputs), ...special };
  return markSecrets(outputs, [inputs, olds ?? {}], type.secretOutputs ?? []);
}

function shown(type: ResourceTraits, inputs: Properties): Record<string, Value | undefined> {
  const entries = Object.entries(inputs).filter(
    ([name]) => !name.startsWith("__") && !type.hidden?.includes(name),
  );
  return Object.fromEntries(entries);
}

function pick(properties: Properties, names: readonly string[]): Record<string, Value | undefined> {
  return Object.fromEntries(
    names.filter((name) => name in properties).map((name) => [name, properties[name]]),
  );
}
