import { isList, isMap, type Properties, revealValue, Secret, Unknown, type Value } from "./values";

/**
 * Marks in outputs what must stay encrypted: the named outputs, and every text that came in as a secret,
 * wherever it reappears. The engine itself re-marks only whole top-level properties, so a nested secret that
 * is echoed would otherwise lie in state in clear.
 */
export function markSecrets(
  outputs: Properties,
  sources: readonly Properties[],
  secretOutputs: readonly string[],
): Properties {
  const texts = new Set<string>();
  for (const source of sources) collectSecretTexts(source, false, texts);
  const marked: Record<string, Value> = {};
  for (const [name, value] of Object.entries(outputs)) {
    if (value === undefined) continue;
    marked[name] = secretOutputs.includes(name) ? wrap(value) : markTexts(value, texts);
  }
  return marked;
}

function wrap(value: Value): Value {
  return value instanceof Secret ? value : new Secret(revealValue(value));
}

function markTexts(value: Value, texts: ReadonlySet<string>): Value {
  if (typeof value === "string") return texts.has(value) ? new Secret(value) : value;
  if (isList(value)) return value.map((item) => markTexts(item, texts));
  if (isMap(value)) return mapValues(value, (item) => markTexts(item, texts));
  return value;
}

function mapValues(map: Properties, change: (value: Value) => Value): Properties {
  const changed: Record<string, Value> = {};
  for (const [name, value] of Object.entries(map)) {
    if (value !== undefined) changed[name] = change(value);
  }
  return changed;
}

function collectSecretTexts(value: Value | undefined, secret: boolean, texts: Set<string>): void {
  if (value === undefined || value instanceof Unknown) return;
  if (typeof value === "string") {
    if (secret && value !== "") texts.add(value);
  } else if (value instanceof Secret) {
    collectSecretTexts(value.value, true, texts);
  } else if (isList(value)) {
    for (const item of value) collectSecretTexts(item, secret, texts);
  } else if (isMap(value)) {
    for (const item of Object.values(value)) collectSecretTexts(item, secret, texts);
  }
}
